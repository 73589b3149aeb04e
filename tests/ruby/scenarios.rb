# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Plays a scenario of ../cases/store as its README says, on a new store in a folder of its own.
class Player
  STEPS = %w[approve refuse extend end complete cancel].freeze
  READERS = {at: Time.method(:iso8601), since: Time.method(:iso8601), now: Time.method(:iso8601),
             target_date: Date.method(:iso8601)}.freeze

  # Every member that is expected is there; null stands for a missing one as well.
  def self.fits?(expected, given)
    case expected
    when Hash then given.is_a?(Hash) && expected.all? { |name, value| fits?(value, given[name]) }
    when Array
      given.is_a?(Array) && expected.size == given.size &&
        expected.zip(given).all? { |one, other| fits?(one, other) }
    else expected.eql?(given)
    end
  end

  def self.open(test)
    Dir.mktmpdir do |folder|
      OfferPolicy::Store.open("#{folder}/store.db", mode: :create, at: Time.utc(2026)) do |store|
        yield new(test, store)
      end
    end
  end

  def initialize(test, store)
    @test = test
    @store = store
    @facts = {}
    @keys = {} # of the actions, by their seq
  end

  # Plays a file.
  def play(path)
    read_lines(path).each.with_index(1) { |line, number| play_line(line, "#{path.basename}:#{number}") }
    @store.check
  end

  private

  def play_line(line, place)
    if line["policy"]
      path = CASES / "store/policies" / line["policy"]
      @store.policy = OfferPolicy::Policy.load(path, zone_directory: ZONES)
    end
    return ask(line, place) if line["do"]

    @facts.update(line.fetch("facts", {}))
  end

  def ask(line, place)
    question = line.except("expect", "error", "says").transform_keys(&:to_sym)
    if line["error"]
      error = @test.assert_raises(OfferPolicy::Error, place) { answer(**question) }
      @test.assert_equal(line["error"], error.code, place)
      line.fetch("says", []).each { |text| @test.assert_includes(error.diagnostic.message, text, place) }
    else
      given = answer(**question)
      @test.assert(Player.fits?(line.fetch("expect", {}), given), "#{place}: #{given}")
    end
  end

  def answer(do:, **question)
    verb = binding.local_variable_get(:do)
    question[:facts] &&= question[:facts].map { |name| @facts.fetch(name) }
    question[:action] = question.key?(:action) ? @keys.fetch(question[:action]) : question.delete(:key) if %w[ack fail].include?(verb)
    return decide(**question) if verb == "decide"

    READERS.each { |name, reader| question[name] &&= reader.call(question[name]) }
    return step(@store.public_send(verb, question.delete(:migration), **question)) if STEPS.include?(verb)

    __send__("ask_#{verb}", **question) || {}
  end

  # An action keeps its key, and no other has it.
  def remember(actions)
    actions.each { |one| @test.assert_equal(@keys[one.seq] ||= one.key, one.key) }
    @test.assert_equal(@keys.size, @keys.values.uniq.size)
    actions.map(&:to_document)
  end

  def step(result)
    remember(result.actions)
    result.to_document
  end

  def decide(facts: [{}], **question)
    decision = @store.decide(facts.first.merge(question.transform_keys(&:name))).to_h
    short = decision["actions"].map { |action| action.values_at("do", "tag").compact }
    {"decision" => {**decision, "actions" => short}}
  end

  def ask_request(**question)
    step(@store.request(**question))
  end

  def ask_sweep(**question)
    found = @store.expire(**question)
    found.each { |one| remember(one.actions) }
    {"events" => found.map(&:to_document)}
  end

  def ask_actions(at:)
    {"actions" => remember(@store.pending_actions(at: at).to_a)}
  end

  def ask_ack(action:, at:)
    @store.ack(action, at: at)
  end

  def ask_fail(action:, **question)
    @store.fail(action, **question)
  end

  def ask_show(migration:, at:)
    found = @store.find(migration, at: at)
    remember(found.actions)
    found.to_document
  end

  # What ends when this day begins ends before it.
  def ask_list(ends_before: nil, **question)
    ends_before &&= @store.policy.date_start(Date.iso8601(ends_before)) + 1
    {"migrations" => @store.migrations(ends_before: ends_before, **question).map(&:to_document)}
  end

  def ask_events(**question)
    {"events" => @store.events(**question).select(&:migration).map(&:to_document)}
  end

  def ask_stats(at:)
    @store.stats(at: at).to_document
  end
end
