# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Objects in every order of dropping, collection at every turn, and memory that comes back.

require_relative "support"

class TestOrders < StoreCase
  USES = {
    policy: ->(one) { one.decide(request) },
    decision: ->(one) { [one.to_json, one.level, one.reasons, one.policy.name] },
    calendar: ->(one) { [one.due(NOW, 60), one.name] },
    periods: ->(one) { one.next },
    store: ->(one) { one.stats(at: NOW) },
    stored: ->(one) { one.explain },
    actions: ->(one) { one.next }
  }.freeze

  # One of everything that hangs together.
  def make
    policy = contract_policy
    calendar = policy.calendar("business")
    store = OfferPolicy::Store.open(path, policy)
    {
      policy: policy, decision: policy.decide(request), calendar: calendar,
      periods: calendar.periods(NOW), store: store, stored: store.decide(request),
      actions: store.pending_actions(at: NOW + DAY).tap(&:next).tap(&:rewind)
    }
  end

  def test_every_order
    live
    orders = USES.keys.permutation.each_slice(SANITIZED ? 250 : 50).map(&:first)
    orders.each do |order|
      objects = make
      order.each do |name|
        objects.delete(name)
        GC.start(full_mark: false)
        objects.each { |left, one| USES[left].call(one) unless left == :actions }
      end
    end
  end

  def test_objects_keep_what_they_need
    policy = contract_policy
    native = policy.instance_variable_get(:@native)
    zone = NATIVE.policy_zone(native)
    calendar = NATIVE.policy_calendar(native, 1)
    policy = native = nil
    4.times { GC.start }
    assert_equal("America/Los_Angeles", NATIVE.zone_name(zone))
    assert_equal("business", NATIVE.calendar_name(calendar))
  end

  def test_lists_that_are_left
    live
    [store.events, store.pending_actions(at: NOW), store.migrations(at: NOW),
     policy.decide_many([request] * 3)].each(&:next)
    GC.start
    store.check
  end
end

# The collector comes at every chance.
class TestStress < StoreCase
  # Only of what is young, as a rule: that is where mistakes are seen, and takes much less time.
  YOUNG = 1

  def stressed
    GC.stress = FULL || YOUNG
    yield
  ensure
    GC.stress = false
  end

  def test_deciding
    whole = request(tags: %w[saas_premium b], created_at: NOW - 60)
    expected = policy.decide(whole)
    made = stressed { policy.decide(whole) }
    assert_equal(expected.to_json, stressed { made.to_json })
    assert_equal(expected.reasons, stressed { made.reasons })
    assert_equal(expected.tag_actions, stressed { made.tag_actions })
    assert_equal([expected.sla, expected.verdict], stressed { [made.sla, made.verdict] })
  end

  def test_mistakes
    [request(priority: "hihg"), request(tags: [Object.new]), {1 => 2}].each do |whole|
      error = assert_raises(OfferPolicy::RequestError) { stressed { policy.decide(whole) } }
      assert_match(/OFP-3/, error.message)
    end
    assert_raises(OfferPolicy::PolicyError) { stressed { OfferPolicy::Policy.parse("policy: 1\nlevels: x\n") } }
  end

  def test_policies_and_calendars
    text = (CASES / "policies/right/least.yaml").read
    policy = stressed { OfferPolicy::Policy.parse(text) }
    assert_equal(OfferPolicy::Policy.parse(text).levels, policy.levels)
    periods = stressed { self.policy.calendar("business").periods(NOW).first(3) }
    assert_equal(self.policy.calendar("business").periods(NOW).first(3), periods)
  end

  def test_stores
    result = stressed { request_migration }
    assert_equal("M-1", result.migration.id)
    assert_equal(result.migration, stressed { store.find("M-1", at: NOW) }.migration)
    assert_equal(store.events.to_a, stressed { store.events.to_a })
    assert_equal(:migration_pending, stressed { store.decide(request(offering: "saas")) }.verdict)
  end

  def test_compaction
    skip("this Ruby does not compact") unless GC.respond_to?(:auto_compact=)
    GC.auto_compact = true
    expected = policy.decide(request(tags: %w[a b])).to_json
    20.times do |number|
      whole = request(tags: %w[a b], created_at: NOW.getlocal("+01:00") - (18 * MINUTE))
      GC.compact if number.even?
      assert_equal(expected, policy.decide(whole).to_json)
    end
  ensure
    GC.auto_compact = false if GC.respond_to?(:auto_compact=)
  end
end

# Cycles of raising and rescuing, and of making and dropping.
class TestGrowth < FolderCase
  RequestError = OfferPolicy::RequestError

  # How many of those that take some microseconds, and of those that take much longer.
  MANY = FULL ? 100_000 : 20_000
  SOME = FULL ? 3_000 : 1_000

  def setup
    super
    skip("a sanitizer keeps what was freed") if SANITIZED
  end

  # Bytes that the process has in memory.
  def used_memory
    File.read("/proc/self/statm").split[1].to_i * 4096
  end

  # Works until memory has grown as far as the collector lets it, and then on in rounds. A leak grows
  # in each of them.
  def steady(count, allowed: 1 << 19, &work)
    count.times(&work)
    growth = Array.new(5) do
      GC.start
      before = used_memory
      (count / 4).times(&work)
      GC.start
      (used_memory - before).tap { |one| return pass if one < allowed }
    end
    flunk("it grew by #{growth}")
  end

  def raising(kind)
    lambda do |_|
      yield
    rescue kind
      nil
    else
      raise "nothing was raised"
    end
  end

  def test_requests
    wrong = request(priority: "hihg", tags: %w[a b])
    steady(MANY, &raising(RequestError) { policy.decide(wrong) })
  end

  def test_exceptions_of_the_program
    broken = Object.new
    broken.define_singleton_method(:to_hash) { raise KeyError, "x" }
    steady(MANY, &raising(KeyError) { policy.decide(ticket: {id: "1", fields: broken}, now: NOW) })
  end

  def test_arguments
    calendar = policy.calendar("business")
    steady(MANY, &raising(TypeError) { calendar.due("now", 1) })
    steady(MANY, &raising(RequestError) { calendar.due(NOW, -1) })
    steady(MANY, &raising(TypeError) { policy.decide(request).explain(colour: 1) })
  end

  def test_policies
    wrong = CONTRACT.read.sub("premium", "premum")
    steady(400, &raising(OfferPolicy::PolicyError) { OfferPolicy::Policy.parse(wrong) })
    right = CONTRACT.read
    steady(400) { OfferPolicy::Policy.parse(right) }
  end

  def test_decisions
    right = request(tags: ["saas_premium"])
    steady(MANY) { policy.decide(right) }
    steady(SOME) do
      decision = policy.decide(right)
      [decision.actions, decision.reasons, decision.sla, decision.explain, decision.hash]
    end
  end

  def test_stores
    path = folder / "store.db"
    OfferPolicy::Store.open(path, policy, mode: :create, at: NOW) do |store|
      steady(SOME, &raising(OfferPolicy::NotFound) { store.find("M-1", at: NOW) })
      steady(MANY, &raising(TypeError) { store.approve("M-1", actor: 5, at: NOW) })
      steady(SOME) { store.decide(request) }
      steady(SOME) { store.events.to_a }
    end
    steady(300) { OfferPolicy::Store.open(path, policy).close }
    steady(300) { OfferPolicy::Store.open(path, policy) }
    steady(SOME, &raising(IOError) { OfferPolicy::Store.open(folder / "none") })
  end

  def test_facts
    OfferPolicy::Store.open(folder / "facts.db", policy, mode: :create, at: NOW) do |store|
      some = Array.new(20) { |number| facts("org-#{number}") }
      steady(500) { store.expire(at: NOW, facts: some) }
    end
  end
end
