# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# The signatures: they hold together, name what there is, and are what the package does.

require_relative "support"
require "rbs"
require "rbs/cli"
require "stringio"

class TestSignatures < Minitest::Test
  SIGNATURES = ROOT / "bindings/ruby/sig"
  OPTIONS = %W[-I #{SIGNATURES} -r date -r time -r json].freeze

  def environment
    loader = RBS::EnvironmentLoader.new
    loader.add(path: SIGNATURES)
    %w[date time json].each { |library| loader.add(library: library, version: nil) }
    RBS::Environment.from_loader(loader).resolve_type_names
  end

  def test_they_hold_together
    output = StringIO.new
    RBS::CLI.new(stdout: output, stderr: output).run([*OPTIONS, "validate", "--silent"])
    assert_empty(output.string)
  end

  # Modules whose own methods are for the package alone.
  PRIVATE = [OfferPolicy.const_get(:Document)].freeze

  # Everything public, by its name. Members of Structs have setters, which only raise.
  def public_methods_of(kind, singleton)
    return [] if singleton && PRIVATE.include?(kind)

    owner = singleton ? kind.singleton_class : kind
    names = owner.public_instance_methods(false)
    names.reject { |name| name.end_with?("=") && kind < Struct || %i[inspect to_s].include?(name) }.sort
  end

  def declared_methods_of(declaration, singleton)
    declaration.decls.flat_map { |one| one.decl.members }.flat_map do |member|
      case member
      when RBS::AST::Members::MethodDefinition then member.singleton? == singleton ? member.name : []
      when RBS::AST::Members::AttrReader then singleton ? [] : member.name
      when RBS::AST::Members::AttrAccessor then singleton ? [] : [member.name, :"#{member.name}="]
      when RBS::AST::Members::Alias then singleton ? [] : member.new_name
      else []
      end
    end
  end

  # Of Structs: what Ruby makes itself.
  MADE = {false => %i[initialize], true => %i[new [] members inspect keyword_init?]}.freeze

  def test_they_name_what_there_is
    declared = environment.class_decls.select { |name, _| name.to_s.start_with?("::OfferPolicy::") }
    assert_operator(declared.size, :>, 30)
    declared.each do |name, declaration|
      kind = OfferPolicy.const_get(name.name)
      [false, true].each do |singleton|
        assert_equal(public_methods_of(kind, singleton) - MADE[singleton],
                     (declared_methods_of(declaration, singleton) - MADE[singleton]).uniq.sort,
                     "#{name}, #{singleton}")
      end
    end
    constants = OfferPolicy.constants.select { |name| OfferPolicy.const_get(name).is_a?(Module) }
    assert_empty(constants - declared.keys.map(&:name))
  end

  # The other tests, with every call checked; but those that do it wrongly on purpose.
  RIGHT = {
    "policy" => "TestLoading|TestMistakes|TestAbout",
    "decision" => "TestParts#test_[^e]|equality|matching",
    "calendar" => "TestQuestions#test_(due|elapsed|open|periods$)",
    "store" => "TestSteps#.*(whole_life|other_ways)|TestLists#.*(find|migrations$|events$|stats|block)|loop|promised"
  }.freeze
  ALSO_RIGHT = {
    "cases" => "TestDecisions#.*(documents|parts)_are|TestScenarios",
    "store_care" => "kept|replay_the|pruning|head|backup|open_file"
  }.freeze

  def test_they_are_what_the_package_does
    right = FULL ? RIGHT.merge(ALSO_RIGHT) : RIGHT
    environment = {
      "RBS_TEST_TARGET" => "OfferPolicy::*", "RBS_TEST_OPT" => OPTIONS.join(" "),
      "RBS_TEST_RAISE" => "true", "RBS_TEST_LOGLEVEL" => "error"
    }
    files = right.keys.flat_map { |name| ["-r", "#{__dir__}/test_#{name}.rb"] }
    output, status = Open3.capture2e(environment, RbConfig.ruby, "-r", "rbs/test/setup", *files, "-e", "", "--",
                                     "--name", "/#{right.values.join("|")}/")
    assert_predicate(status, :success?, output)
    assert_operator(output[/^(\d+) runs/, 1].to_i, :>, 40)
  end
end
