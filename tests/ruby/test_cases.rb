# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# The cases that all languages share: decisions, calendar questions, scenarios of the store.

require_relative "support"
require_relative "scenarios"

class CasesCase < Minitest::Test
  # The output of the command, line by line.
  def command_lines(*arguments, data:)
    skip("the command is not built") unless COMMAND
    input = data.map { |document| "#{JSON.generate(document)}\n" }.join
    output, = Open3.capture2(COMMAND, *arguments.map(&:to_s), stdin_data: input)
    output.force_encoding("UTF-8").lines(chomp: true)
  end
end

class TestDecisions < CasesCase
  POLICY = contract_policy
  QUESTIONS = read_lines(CASES / "contract/cases.ndjson")
  DECISIONS = POLICY.decide_many(QUESTIONS.map { |one| one["request"] }).to_a

  def each_case
    QUESTIONS.zip(DECISIONS) { |one, decision| yield one["request"], one["decision"], decision }
  end

  # A decision as the cases write it: no reasons, no policy, no texts, actions shortened.
  def project(decision)
    decision.except("reasons", "policy").merge(
      "actions" => decision["actions"].map { |action| action.values_at("do", "tag").compact }
    )
  end

  def test_all_cases
    assert_operator(QUESTIONS.size, :>=, 150)
    each_case { |request, expected, decision| assert_equal(expected, project(decision.to_h), request) }
  end

  def test_parts_and_symbols_give_what_the_whole_gives
    each_case do |request, _, decision|
      parts = JSON.parse(JSON.generate(request), symbolize_names: true)
      assert_equal(decision, POLICY.decide(**parts))
      assert_equal(decision, POLICY.decide(parts))
    end
  end

  def test_documents_are_those_of_the_command
    lines = command_lines("decide", "-p", CONTRACT, data: QUESTIONS.map { |one| one["request"] })
    assert_equal(lines, DECISIONS.map(&:to_json))
    assert_equal(lines, DECISIONS.map { |one| JSON.generate(one.to_h) })
  end

  def test_words_are_those_of_the_command
    # Each is a process.
    to_enum(:each_case).each_slice(FULL ? 1 : 10).map(&:first).each do |request, _, decision|
      lines = command_lines("explain", "-p", CONTRACT, "--verbose", data: [request])
      zone = request.dig("org", "time_zone")
      assert_equal(lines, decision.explain(time_zone: zone, verbose: true).lines(chomp: true))
    end
  end

  def test_parts_are_those_of_the_document
    each_case { |_, _, decision| compare_parts(decision, decision.to_h) }
  end

  def compare_parts(decision, document)
    %w[ticket org offering priority level].each do |name|
      assert_equal([document[name]], [decision.public_send(name)])
    end
    assert_equal([document["verdict"], document["offering_from"].to_s],
                 [decision.verdict.name, decision.offering_from.to_s])
    assert_equal([document["valid_until"]], [decision.valid_until&.iso8601])
    compare_actions(decision, document["actions"])
    compare_sla(decision.sla, document["sla"])
    compare_reasons(decision.reasons, document["reasons"])
  end

  def compare_actions(decision, documents)
    expected = documents.map { |one| one.values_at("do", "tag", "text", "key") }
    assert_equal(expected, decision.actions.map { |one| ["ticket.#{one.do}", one.tag, one.text, one.key] })
    assert_equal(decision.actions.select(&:tag?), decision.tag_actions)
  end

  def compare_sla(sla, document)
    return assert_nil(sla) if document.nil?

    assert_equal(document["rule"], sla.rule)
    expected = document["targets"].map { |one| one.values_at("metric", "kind", "calendar", "seconds", "due_at") }
    assert_equal(expected, sla.targets.map do |one|
      [one.metric.name, one.kind.name, one.calendar, one.budget, one.due_at&.iso8601]
    end)
  end

  def compare_reasons(reasons, documents)
    assert_equal(documents.size, reasons.size)
    reasons.zip(documents) do |reason, document|
      document.each do |name, value|
        given = reason[name]
        given = given.iso8601 if given.respond_to?(:iso8601)
        assert_equal(value, given.is_a?(Symbol) ? given.name : given)
      end
      assert(reason.sentence || reason.more)
    end
  end
end

class TestCalendars < CasesCase
  FOLDER = CASES / "calendar"

  def test_all_questions
    policy = OfferPolicy::Policy.load(FOLDER / "policy.yaml", zone_directory: ZONES)
    cases = read_lines(FOLDER / "questions.ndjson")
    assert_operator(cases.size, :>=, 932)
    answers = cases.map { |one| {"id" => one["id"], "result" => answer(policy, one)} }
    cases.zip(answers) { |one, given| assert_equal([one["expect"]], [given["result"]], one) }
    questions = cases.map { |one| one.except("expect", "source") }
    lines = command_lines("calendar", "-p", FOLDER / "policy.yaml", data: questions)
    assert_equal(lines, answers.map { |one| JSON.generate(one) })
  end

  # What a calendar says, as documents write it.
  def answer(policy, one)
    calendar = policy.calendar(one["calendar"])
    start = instant(one["start"])
    case one["op"]
    when "due" then calendar.due(start, one["seconds"])&.iso8601
    when "due_back" then calendar.due_back(start, one["seconds"])&.iso8601
    when "elapsed" then calendar.elapsed(start, instant(one["end"]))
    when "is_open" then calendar.open?(start)
    when "next_open" then calendar.next_open(start)&.iso8601
    when "prev_open" then calendar.prev_open(start)&.iso8601
    when "periods" then first_periods(calendar, start, one["count"])
    end
  end

  # The first periods. They go on for ever, a question looks as far as searches do.
  def first_periods(calendar, start, count)
    calendar.periods(start).lazy.take_while { |one| one.start - start < 4392 * DAY }.first(count)
            .map { |one| [one.start.iso8601, one.end&.iso8601] }
  end
end

# Every record that is read must write the same document again.
module Checking
  class << self
    attr_accessor :test
  end

  def parse(kind, text)
    made, again = super, super
    Checking.test&.assert_equal([text, made, made.hash], [made.to_json, again, again.hash])
    Checking.test&.assert_predicate(made, :frozen?)
    made
  end
end
OfferPolicy.const_get(:Document).singleton_class.prepend(Checking)

# Each file is a test of its own.
class TestScenarios < Minitest::Test
  def setup
    Checking.test = self
  end

  def teardown
    Checking.test = nil
  end

  (CASES / "store").glob("*.ndjson").sort.each do |path|
    define_method("test_#{path.basename(".ndjson").to_s.tr("-", "_")}") do
      Player.open(self) { |player| player.play(path) }
    end
  end
end
