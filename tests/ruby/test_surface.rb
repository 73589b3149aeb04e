# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# The package against the C library and its own promises: nothing is left out unseen.

require_relative "support"

module Layer
  FILES = (ROOT / "bindings/ruby/lib").glob("**/*.rb").sort.freeze
  TEXT = FILES.map { |path| path.read(encoding: "UTF-8") }.join.freeze

  # What it uses of the module below it: by its name, or as a Symbol for Connection#call and the like.
  USED = (TEXT.scan(/Native[.:]+(\w+)/) + TEXT.scan(/(?<!\w|:):(\w+)/)).flatten.uniq.freeze

  # Everything public that has a name.
  PUBLIC = OfferPolicy.constants.sort.to_h { |name| [name, OfferPolicy.const_get(name)] }.freeze
end

class TestCoverage < Minitest::Test
  LEFT_OUT = JSON.parse((CASES / "bindings/left_out.json").read)
  FUNCTIONS = (ROOT / "lib/offerpolicy.map").read.scan(/^ +ofp_(\w+);/).flatten

  def used?(name)
    Layer::USED.include?(name) || name == "calendar_elapsed"
  end

  def test_every_function_is_used_or_left_out_for_a_reason
    assert_operator(FUNCTIONS.size, :>, 150)
    FUNCTIONS.each do |name|
      reasons = LEFT_OUT.keys.select { |pattern| File.fnmatch(pattern, "ofp_#{name}") }
      assert(used?(name) || reasons.any?, "#{name} is neither used nor left out")
    end
  end

  def test_every_reason_is_for_something
    LEFT_OUT.each_key do |pattern|
      assert(FUNCTIONS.any? { |name| File.fnmatch(pattern, "ofp_#{name}") }, pattern)
    end
  end

  def test_what_the_layer_uses_is_there
    Layer::TEXT.scan(/Native([.:]+)(\w+)/).uniq.each do |how, name|
      there = how == "." ? NATIVE.respond_to?(name) : NATIVE.const_defined?(name)
      assert(there || name == "public_send", name)
    end
  end

  def test_every_file_is_loaded
    assert_empty(Layer::FILES.map(&:to_s) - $LOADED_FEATURES.grep(/offerpolicy/).map { |path| File.realpath(path) })
  end
end

class TestWords < Minitest::Test
  # All words of C, by the function that tells them.
  def words(function)
    (0...64).filter_map { |number| NATIVE.public_send(function, number) }
  end

  # The words that the documentation of a member tells.
  def documented(file, member)
    text = (ROOT / "bindings/ruby/lib/offerpolicy/#{file}.rb").read
    text[/^ *# \* \+#{member}\+:(?:.*\n)(?: *#   .*\n)*/].to_s.scan(/\+:(\w+)\+/).flatten
  end

  # The words of a type of the signatures.
  def declared(file, type)
    text = (ROOT / "bindings/ruby/sig/#{file}.rbs").read
    text[/type #{type} = (?:.*\n)(?: +\|.*\n)*/].to_s.scan(/[ |]:(\w+)/).flatten
  end

  def test_signatures_have_the_words_of_c
    {
      %w[values verdict] => :verdict_name, %w[values offering_source] => :offering_source_name,
      %w[values metric] => :metric_name, %w[values target_kind] => :target_kind_name,
      %w[records migration_status] => :migration_status_name,
      %w[records migration_state] => :migration_state_name, %w[records outcome] => :outcome_name,
      %w[records event_kind] => :event_kind_name, %w[records host_action_state] => :host_action_state_name
    }.each { |place, function| assert_equal(words(function).sort, declared(*place).sort, place.join("/")) }
  end

  def test_kinds_of_actions
    kinds = OfferPolicy.const_get(:Parts)::KINDS
    assert_equal((words(:action_kind_name) + words(:host_action_kind_name)).sort, kinds.keys.sort)
    tickets, orgs = kinds.partition { |name, _| name.start_with?("ticket.") }
    assert_equal(tickets.map(&:last).map(&:name).sort, declared("values", "action_kind").sort)
    assert_equal(orgs.map(&:last).map(&:name).sort, declared("records", "host_action_kind").sort)
  end

  def test_documentation_has_the_words_of_c
    assert_equal(words(:metric_name), documented("values", "metric"))
    assert_equal(words(:migration_status_name), documented("records", "status"))
    assert_equal(words(:migration_state_name), documented("records", "state").first(7))
    assert_equal(words(:event_kind_name).sort, documented("records", "kind").sort)
  end

  def test_verdicts_have_the_numbers_of_c
    words(:verdict_name).each_with_index do |word, number|
      assert_equal(number, NATIVE.const_get("VERDICT_#{word.upcase}"))
    end
    states = OfferPolicy::Store.const_get(:STATES)
    assert_equal(words(:migration_state_name).map(&:to_sym), states.keys)
    states.each { |word, number| assert_equal(word.name, NATIVE.migration_state_name(number)) }
  end

  def test_every_fact_of_a_reason_has_a_member
    text = (ROOT / "lib/decide/reasons.toml").read
    facts = text.scan(/^facts = (.*)$/).join.scan(/"(\w+)"/).flatten.uniq
    assert_operator(facts.size, :>, 5)
    assert_empty(facts.map(&:to_sym) - OfferPolicy::Reason.members)
  end
end

class TestDocumentation < Minitest::Test
  # Where a method or class is made, and the line before that.
  def told?(file, line)
    File.readlines(file)[line - 2].match?(/^ *#/)
  end

  # Ruby's own names need no words, nor do those of Rails.
  OWN = %i[as_json == eql? hash inspect to_s deconstruct deconstruct_keys marshal_dump].freeze

  def test_every_public_method_is_documented
    Layer::PUBLIC.values.grep(Class).reject { |kind| kind < Struct }.each do |kind|
      lookups = kind.public_instance_methods(false).map { |name| kind.instance_method(name) } +
                kind.singleton_class.public_instance_methods(false).map { |name| kind.method(name) }
      lookups.reject { |one| OWN.include?(one.original_name) }.each do |one|
        assert(told?(*one.source_location), "#{kind}##{one.name}") if one.source_location
      end
    end
  end

  def test_every_class_is_documented
    Layer::PUBLIC.each_key do |name|
      assert_match(/^ *#.*\n *(class|module)?\s*#{name}\b/, Layer::TEXT, name.to_s)
    end
  end

  def test_everything_public_is_in_the_manual
    path = ROOT / "doc/ruby.md"
    manual = path.read(encoding: "UTF-8")
    Layer::PUBLIC.each do |name, kind|
      assert(manual.match?(/\b#{name}\b/), name)
      next unless [OfferPolicy::Policy, OfferPolicy::Calendar, OfferPolicy::Decision, OfferPolicy::Store].include?(kind)

      (methods_of(kind) - OWN).each do |method|
        assert(manual.match?(/\b#{Regexp.escape(method.name.delete_suffix("="))}/), "#{name}##{method}")
      end
    end
  end

  def methods_of(kind)
    kinds = kind.ancestors.take_while { |one| one != Object }
    kinds.flat_map { |one| one.public_instance_methods(false) + (one.methods(false) if one.is_a?(Class)).to_a }.uniq
  end

  def test_the_version
    assert_equal(NATIVE::VERSION_STRING, OfferPolicy::VERSION)
  end

  # What another name is not is not shown.
  def test_what_is_private
    %i[Native Arguments Failures Parts Document Records Connection Steps].each do |name|
      assert_raises(NameError) { OfferPolicy.module_eval("OfferPolicy::#{name}", __FILE__, __LINE__) }
    end
  end

  # The same names as in Python, but where Ruby has its own.
  RENAMED = {"is_open" => "open?", "closed" => "closed?", "to_dict" => "to_h"}.freeze

  def test_the_names_are_those_of_python
    {"policy" => OfferPolicy::Policy, "calendar" => OfferPolicy::Calendar, "decision" => OfferPolicy::Decision,
     "store" => OfferPolicy::Store, "steps" => OfferPolicy::Store, "connection" => OfferPolicy::Store}.each do |file, kind|
      text = (ROOT / "bindings/python/offerpolicy/#{file}.py").read
      names = text.scan(/^    def ([a-z]\w+)\(/).flatten.uniq
      refute_empty(names)
      assert_empty(names.map { |name| RENAMED.fetch(name, name).to_sym } - methods_of(kind), file)
    end
  end

  def test_values_have_the_members_of_python
    %w[values records errors].each do |file|
      text = (ROOT / "bindings/python/offerpolicy/#{file}.py").read
      text.scan(/^@dataclass.*\nclass (\w+).*\n((?: .*\n|\n)*)/).each do |name, body|
        members = body.scan(/^    ([a-z]\w*): (?!ClassVar)/).flatten.map { |one| one.delete_suffix("_") }
        members.map! { |one| one == "hash" ? "sha256" : one }
        assert_equal(members, OfferPolicy.const_get(name).members.map(&:name), name)
      end
    end
  end
end
