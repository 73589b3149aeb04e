# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Wrong types for every argument: Ruby's own errors, in Ruby's words, and never a crash.

require_relative "support"
require "stringio"

module Wrong
  # Answers every question with itself.
  class Strange
    def method_missing(name, *)
      name.start_with?("to_") ? super : self
    end

    def respond_to_missing?(name, *)
      !name.start_with?("to_")
    end
  end

  # A time that can't be read.
  class Broken
    def acts_like_time?
      true
    end

    def to_time
      raise LocalJumpError, "no time"
    end
  end

  VALUES = [
    nil, true, false, 0, -1, 7, 2**31, 2**63, -(2**63), 10**40, 1.5, Float::NAN, Float::INFINITY, 1i,
    3r, "", "x", "M-1", "a\0b", "\xff", "ü".b, "x".encode("UTF-16LE"), "2026-11-20T18:00:00Z",
    "x" * 5000, :x, :"", [], [nil], [[]], {}, {id: nil}, {"id" => nil}, {1 => 2}, (1..3), Object.new,
    Object, BasicObject.new, :x.to_proc, Strange.new, Broken.new, NOW, Time.utc(10**6),
    Time.utc(-(10**6)), Time.utc(10**20), NOW.to_datetime, Date.new(2026), Date.new(10**7),
    Date::Infinity.new, StringIO.new("x"), [1].each, Comparable, Struct.new(:a).new(1), $stdout.method(:puts)
  ].freeze

  # What may be raised. A SystemCallError is an answer where a path was given.
  REFUSALS = [TypeError, ArgumentError, RangeError, NoMethodError, IndexError, LocalJumpError, RuntimeError,
              EncodingError, IOError, SystemCallError, OfferPolicy::Error].freeze

  # What must never be seen of C.
  INNARDS = /ofp_|SWIG|Native|argument \d|int64_t|const char/
end

class WrongCase < StoreCase
  # Where wrong paths may be written to.
  def setup
    super
    @before = Dir.pwd
    Dir.chdir(folder)
  end

  def teardown
    Dir.chdir(@before)
    super
  end

  def attempt(place)
    result = yield
    result.first(20) if result.is_a?(Enumerator)
    result
  rescue *Wrong::REFUSALS => e
    refute_match(Wrong::INNARDS, e.message.dup.force_encoding("BINARY"), place)
  end

  def values
    [*Wrong::VALUES, policy, store, policy.decide(request)]
  end

  # Replaces each argument by each wrong value.
  def try_all(receiver, method, *positional, **keywords)
    @tried << [receiver.is_a?(Module) ? receiver : receiver.class, method]
    values.each_with_index do |wrong, number|
      positional.each_index do |index|
        attempt("#{method}(#{index}) with #{number}") do
          receiver.public_send(method, *positional.dup.tap { |one| one[index] = wrong }, **keywords)
        end
      end
      keywords.each_key do |name|
        attempt("#{method}(#{name}:) with #{number}") do
          receiver.public_send(method, *positional, **keywords, name => wrong)
        end
      end
    end
  end
end

class TestWrongArguments < WrongCase
  Policy = OfferPolicy::Policy

  # All in one, so that it is known in the end what was tried.
  def test_everything
    @tried = []
    try_policies
    try_decisions
    try_calendars
    try_steps
    try_lists
    try_care
    assert_empty(methods_with_arguments - @tried)
    store.check
  end

  def try_policies
    options = {zone_directory: ZONES, source: "x"}
    try_all(Policy, :load, CONTRACT, **options)
    try_all(Policy, :parse, CONTRACT.read, **options)
    try_all(Policy, :default, zone_directory: ZONES)
    try_all(Policy, :check, CONTRACT, zone_directory: ZONES)
    try_all(Policy, :check_text, CONTRACT.read, **options)
    try_all(policy, :calendar, "business")
    try_all(policy, :date_start, Date.new(2026))
    try_all(policy, :migration_end, Date.new(2026))
    try_all(policy, :decide, ticket: ticket, now: NOW, migrations: [], **facts)
    try_all(policy, :decide, request)
    try_all(policy, :decide_many, [request], now: NOW, errors: :return)
    try_all(OfferPolicy, :add_note, "", "M-1", "x")
    try_all(OfferPolicy, :remove_note, "", "M-1")
  end

  def try_decisions
    decision = policy.decide(request)
    try_all(decision, :explain, time_zone: "UTC", colour: true, verbose: true)
    try_all(decision, :==, decision)
    try_all(decision, :deconstruct_keys, [:verdict])
    try_all(decision, :to_json, nil)
    try_all(decision, :as_json, nil)
    try_all(decision.sla, :target, :first_reply)
  end

  def try_calendars
    calendar = policy.calendar("business")
    try_all(calendar, :due, NOW, HOUR)
    try_all(calendar, :due_back, NOW, HOUR)
    try_all(calendar, :elapsed, NOW, NOW + DAY)
    %i[open? next_open prev_open periods].each { |method| try_all(calendar, method, NOW) }
    try_all(calendar, :==, calendar)
  end

  def try_steps
    request_migration
    by = {actor: "mira", at: NOW, role: "support_manager", reason: "x", key: "k"}
    try_all(OfferPolicy::Store, :open, path, policy, mode: :create, at: NOW, busy: 1, log: true, log_texts: true)
    try_all(store, :request, org: "acme", from: "self_managed", to: "saas", level: "premium", owner: "dana",
                             target_date: Date.new(2026, 12, 31), facts: facts, evidence: "x", **by)
    %i[approve refuse cancel].each { |method| try_all(store, method, "M-1", if_revision: 1, **by) }
    try_all(store, :extend, "M-1", target_date: Date.new(2027, 1, 31), if_revision: 1, **by)
    try_all(store, :end, "M-1", facts: facts, if_revision: 1, **by)
    try_all(store, :complete, "M-1", outcome: :reached, facts: facts, if_revision: 1, **by)
    try_all(store, :expire, at: NOW, facts: facts)
    try_all(store, :policy=, policy)
    store.policy = policy
  end

  def try_lists
    try_all(store, :find, "M-1", at: NOW)
    try_all(store, :migrations, at: NOW, org: "acme", state: :open, ends_before: NOW)
    try_all(store, :events, org: "acme", migration: "M-1", since: NOW)
    try_all(store, :stats, at: NOW)
    try_all(store, :pending_actions, at: NOW)
    try_all(store, :ack, "v1:x", at: NOW)
    try_all(store, :fail, "v1:x", at: NOW, retry_after: HOUR, problem: "x")
    try_all(store, :log, ticket: "1", org: "acme", since: NOW, until: NOW)
    try_all(store, :replay, policy, ticket: "1", org: "acme", since: NOW, until: NOW)
    try_all(store, :prune_log, before: NOW, actor: "mira", at: NOW, role: "x", reason: "x")
    try_all(store, :decide, request)
    try_all(store, :decide, ticket: ticket, now: NOW, **facts)
    try_all(store, :decide_many, [request], now: NOW, errors: :raise)
  end

  def try_care
    try_all(store, :audit_verify, "0" * 64)
    try_all(store, :backup, "backup.db")
    try_all(store, :export_to, "export.ndjson")
    try_all(store, :import_from, "export.ndjson")
  end

  # Every public method that takes something.
  def methods_with_arguments
    kinds = [Policy, OfferPolicy::Decision, OfferPolicy::Calendar, OfferPolicy::Store]
    own = ->(name) { !%i[eql? initialize_copy tag_actions zone].include?(name) }
    kinds.flat_map do |kind|
      singles = kind.methods(false).reject { |name| kind.method(name).arity.zero? }
      modules = kind.ancestors.take_while { |one| one != Object }
      names = modules.flat_map { |one| one.public_instance_methods(false) }.uniq
      names.select! { |name| own[name] && !kind.instance_method(name).arity.zero? }
      (singles + names).map { |name| [kind, name] }
    end
  end
end

# Every value in a request replaced by every wrong one, and values at random.
class TestWrongDocuments < WrongCase
  WHOLE = {
    **request(subject: "s", description: "d", priority: "high", tags: ["a"], fields: {form: "cloud"}),
    org: {id: "acme", name: "A", tags: ["b"], notes: "n", time_zone: "UTC"},
    entitlements: [{offering: "self_managed", level: "premium", starts: "2026-01-01", ends: "2027-01-01", hold: false}],
    migrations: [{id: "m", to: "saas", level: "premium", target_date: "2026-12-31", status: "approved"}]
  }.freeze

  def places(value, place = [])
    return [place] unless value.is_a?(Hash) || value.is_a?(Array)

    pairs = value.is_a?(Hash) ? value.to_a : value.each_with_index.map { |one, index| [index, one] }
    [place] + pairs.flat_map { |key, member| places(member, [*place, key]) }
  end

  def replaced(value, place, other)
    return other if place.empty?

    value.dup.tap { |copy| copy[place.first] = replaced(value[place.first], place.drop(1), other) }
  end

  def test_every_place
    assert_equal(:entitled, policy.decide(WHOLE).verdict)
    places(WHOLE).each do |place|
      values.each { |wrong| attempt(place.inspect) { policy.decide(replaced(WHOLE, place, wrong)) } }
    end
  end

  KEYS = [:now, "ticket", :org, :entitlements, "migrations", :id, :tags, :offering, 1, nil].freeze

  def made(chance, depth)
    return values.sample(random: chance) if depth.zero? || chance.rand < 0.3
    return Array.new(chance.rand(4)) { made(chance, depth - 1) } if chance.rand < 0.4

    Array.new(4) { [KEYS.sample(random: chance), made(chance, depth - 1)] }.to_h
  end

  def test_at_random
    chance = Random.new(20_261_120)
    all = places(WHOLE)
    (FULL ? 20_000 : 1_000).times do
      whole = replaced(WHOLE, all.sample(random: chance), made(chance, 4))
      attempt("at random") { policy.decide(whole) }
    end
  end
end

# The module below is private, but even there nothing crashes.
class TestNativeMisuse < WrongCase
  # These would write to, or read from, any descriptor of the process.
  LEFT_OUT = %i[store_export store_import].freeze

  def objects
    [policy, policy.calendar("business"), policy.decide(request), store].map do |one|
      one.instance_variable_get(:@native)
    end + [NATIVE.facts_new, NATIVE.policy_zone(policy.instance_variable_get(:@native))]
  end

  def test_every_function
    chance = Random.new(1)
    some = [nil, 0, -1, 2**40, "x", {}, [], NOW, Date.new(2026), true, Object.new] + objects
    functions = NATIVE.singleton_methods(false) - LEFT_OUT
    assert_operator(functions.size, :>, 100)
    functions.sort.product((0..8).to_a).each do |name, count|
      (SANITIZED ? 3 : 30).times { call_with(name, Array.new(count) { some.sample(random: chance) }) }
    end
  end

  def call_with(name, arguments)
    NATIVE.public_send(name, *arguments)
  rescue *Wrong::REFUSALS, NoMemoryError
    nil
  end

  def test_objects_are_made_by_functions_only
    NATIVE.constants.map { |name| NATIVE.const_get(name) }.grep(Class).each do |kind|
      assert_raises(TypeError, NoMethodError) { kind.new }
      assert_raises(TypeError, NoMethodError) { kind.allocate }
      assert_raises(TypeError) { NATIVE.policy_name(Class.new(kind).allocate) }
    end
    objects.each { |one| assert_raises(TypeError) { one.dup } }
  end

  def test_a_closed_store
    native = store.instance_variable_get(:@native)
    2.times { NATIVE.drop(native) }
    assert_raises(TypeError) { NATIVE.audit_head(native) }
    assert_raises(TypeError) { NATIVE.drop(policy.instance_variable_get(:@native)) }
  end

  def test_it_is_private
    assert_raises(NameError) { OfferPolicy::Native }
  end
end
