# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Errors: their classes, what they tell, and how they behave as Ruby values.

require_relative "support"

class TestClasses < Minitest::Test
  # What each status is raised as, and Ruby's own class that it stands for.
  CLASSES = {
    "misuse" => [OfferPolicy::Misuse, RuntimeError],
    "io" => [OfferPolicy::FileError, IOError],
    "bad_policy" => [OfferPolicy::PolicyError, ArgumentError],
    "bad_request" => [OfferPolicy::RequestError, ArgumentError],
    "bad_zone" => [OfferPolicy::ZoneError, KeyError],
    "busy" => [OfferPolicy::StoreBusy, RuntimeError],
    "full" => [OfferPolicy::StoreFull, IOError],
    "read_only" => [OfferPolicy::StoreReadOnly, IOError],
    "corrupt" => [OfferPolicy::StoreCorrupt, IOError],
    "bad_store" => [OfferPolicy::BadStore, ArgumentError],
    "not_found" => [OfferPolicy::NotFound, KeyError],
    "not_allowed" => [OfferPolicy::NotAllowed, RuntimeError],
    "conflict" => [OfferPolicy::Conflict, RuntimeError]
  }.freeze

  # One as C hands it over.
  def diagnostic(code: "OFP-104", severity: 0, line: 3, message: "wrong", pointer: nil)
    [severity, code, message, "p.yaml", line, 7, pointer, "a: b", 2]
  end

  def make(status, first = diagnostic, all = [first])
    OfferPolicy.const_get(:Failures).from_native(status, first, all)
  end

  def test_a_class_for_each_status
    numbers = NATIVE.constants.grep(/\ASTATUS_/).map { |name| NATIVE.const_get(name) }
    names = numbers.map { |number| NATIVE.status_name(number) }
    assert_equal(CLASSES.keys.sort, (names - %w[ok no_memory]).sort)
    CLASSES.each do |status, (kind, builtin)|
      error = make(status)
      assert_instance_of(kind, error)
      assert_kind_of(OfferPolicy::Error, error)
      assert_kind_of(builtin, error)
      assert_equal(status, error.status)
    end
  end

  def test_they_are_rescued_by_any_of_their_names
    [OfferPolicy::StoreBusy, OfferPolicy::Error, RuntimeError].each do |name|
      caught = begin
        raise make("busy")
      rescue name => e
        e
      end
      assert_equal("busy", caught.status)
    end
  end

  def test_a_status_of_a_newer_library
    error = make("tired")
    assert_instance_of(OfferPolicy::Failure, error)
    assert_kind_of(StandardError, error)
  end

  def test_what_is_told
    warning = diagnostic(code: "OFP-151", severity: 1, line: 1)
    error = make("bad_policy", diagnostic, [warning, diagnostic, diagnostic(line: 9)])
    assert_equal(["OFP-104", "wrong"], [error.code, error.diagnostic.message])
    assert_equal(["p.yaml", 3, 7], [error.file, error.line, error.column])
    assert_nil(error.pointer)
    assert_equal([1, 3, 9], error.diagnostics.map(&:line))
    assert_equal(:warning, error.diagnostics.first.severity)
    assert_equal("p.yaml:3:7: wrong [OFP-104] (and 1 more)", error.message)
    assert_equal("p.yaml:1:7: warning: wrong [OFP-151]", error.diagnostics.first.to_s)
  end

  def test_what_is_not_known_is_nil
    error = make("misuse", [0, "OFP-002", "wrong", nil, 0, 0, nil, nil, 0])
    expected = OfferPolicy::Diagnostic.new(severity: :error, code: "OFP-002", message: "wrong")
    assert_equal([expected], error.diagnostics)
    assert_equal("wrong [OFP-002]", error.message)
  end

  def test_a_line_for_people_is_one_line_and_readable
    names = {"p\nq" => 'p\nq', "\xff.yaml" => '\xFF.yaml', "a\e[1m" => 'a\e[1m', "Ü b.yaml" => "Ü b.yaml"}
    names.each do |file, shown|
      one = OfferPolicy::Diagnostic.new(severity: :error, code: "OFP-104", message: "wrong", file:, line: 3)
      assert_equal(["#{shown}:3: error: wrong [OFP-104]", "#{shown}:3: wrong [OFP-104]", file],
                   [one.to_s, one.headline, one.file])
    end
  end

  def test_values_show_what_there_is
    one = OfferPolicy::Diagnostic.new(severity: :error, code: "OFP-104", message: "wrong", line: 3)
    assert_equal('#<OfferPolicy::Diagnostic severity=:error, code="OFP-104", message="wrong", line=3>',
                 one.inspect)
    tag = OfferPolicy::Action.new(do: :add_tag, tag: "x")
    assert_equal('#<OfferPolicy::Action do=:add_tag, tag="x">', tag.to_s)
  end

  def test_the_pointer_to_a_whole_request_is_not_shown
    assert_equal("wrong [OFP-104]", make("bad_request", [0, "OFP-104", "wrong", nil, 0, 0, "", nil, 0]).message)
  end

  def test_a_diagnostic_is_a_value
    one = make("io").diagnostic
    assert_predicate(one, :frozen?)
    assert_equal(1, {one => 1, make("io").diagnostic => 2}.size)
    case one
    in {severity: :error, line:, column:}
      assert_equal([3, 7], [line, column])
    end
  end

  # As tests of programs do.
  def test_they_can_be_raised_by_a_program
    error = assert_raises(OfferPolicy::StoreBusy) { raise OfferPolicy::StoreBusy, "try later" }
    assert_equal(["try later", nil, nil, []], [error.message, error.code, error.line, error.diagnostics])
    assert_equal("OfferPolicy::NotFound", assert_raises(OfferPolicy::NotFound) { raise OfferPolicy::NotFound }.message)
  end
end

class TestErrorValues < PolicyCase
  def error
    assert_raises(OfferPolicy::RequestError) { policy.decide(request(priority: "hih")) }
  end

  def test_an_error_outlives_everything
    wrong = lambda do
      OfferPolicy::Policy.parse(CONTRACT.read.sub("levels:", "lefels:"))
    rescue OfferPolicy::PolicyError => e
      e
    end
    error = wrong.call
    GC.start
    assert_includes(error.full_message, "lefels")
    assert_includes(error.diagnostics.first.message, "lefels")
  end

  def test_copies
    again = Marshal.load(Marshal.dump(error))
    assert_instance_of(OfferPolicy::RequestError, again)
    assert_equal(["/ticket/priority", error.message], [again.pointer, again.message])
    assert_equal(error.diagnostics, again.diagnostics)
    assert_equal(["other", "/ticket/priority"], error.exception("other").then { |e| [e.message, e.pointer] })
  end

  def test_causes_and_backtraces
    wrapped = assert_raises(KeyError) do
      policy.decide(request(priority: "hih"))
    rescue OfferPolicy::RequestError
      raise KeyError, "x"
    end
    assert_equal("/ticket/priority", wrapped.cause.pointer)
    assert_includes(error.backtrace.join("\n"), __FILE__)
  end
end
