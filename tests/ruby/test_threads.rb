# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Threads: one policy for all, one store in turns, and others that run during long work.

require_relative "support"
require "timeout"

module AtOnce
  THREADS = 8

  # Runs the block with a number in threads that start at the same moment; gives the results.
  def at_once(count = THREADS)
    gate = Queue.new
    threads = Array.new(count) do |number|
      Thread.new do
        gate.pop
        yield number
      end
    end
    gate.close
    threads.map(&:value)
  end
end

class TestOnePolicy < PolicyCase
  include AtOnce

  def test_decisions
    requests = read_lines(CASES / "contract/cases.ndjson").map { |one| one["request"] }
    expected = policy.decide_many(requests).map(&:to_json)
    same = at_once { (SANITIZED ? 1 : 3).times.all? { policy.decide_many(requests).map(&:to_json) == expected } }
    assert_equal([true] * THREADS, same)
  end

  def test_one_decision
    decision = policy.decide(request)
    parts = at_once { [decision.verdict, decision.sla, decision.reasons, decision.hash] }
    assert_equal(1, parts.uniq.size)
  end

  def test_mistakes
    found = at_once do |number|
      Array.new(200) do
        policy.decide(request(priority: "p#{number}"))
      rescue OfferPolicy::RequestError => e
        e.message
      end.uniq
    end
    found.each_with_index { |messages, number| assert_match(/\A[^\n]*"p#{number}"[^\n]*\z/, messages.join("\n")) }
  end

  def passing(value)
    Object.new.tap do |one|
      one.define_singleton_method(:to_hash) do
        Thread.pass
        value
      end
    end
  end

  def test_values_that_let_others_run
    same = at_once do |number|
      (0...100).all? do |turn|
        whole = request("#{number}-#{turn}")
        policy.decide(passing({**whole, ticket: passing(whole[:ticket])})).ticket == "#{number}-#{turn}"
      end
    end
    assert_equal([true] * THREADS, same)
  end

  # Its timeline is made at the first question.
  def test_calendars
    calendar = contract_policy.calendar("night")
    due = at_once { Array.new(200) { |hours| calendar.due(NOW, hours * HOUR) } }
    assert_equal(1, due.uniq.size)
  end

  def test_threads_that_are_killed
    20.times do
      thread = Thread.new { loop { policy.decide(passing(request)) } }
      sleep(0.001)
      thread.kill.join
    end
    assert_equal(:entitled, policy.decide(request).verdict)
  end
end

class TestOneStore < StoreCase
  include AtOnce

  def test_steps_in_turns
    done = at_once(4) do |number|
      5.times do |turn|
        org = "org-#{number}-#{turn}"
        approve(request_migration(org: org).migration.id)
        store.decide({**request(offering: "saas"), **facts(org), now: NOW + DAY})
        store.pending_actions(at: NOW + DAY).first(3)
        store.events(org: org).to_a
      end
    end
    assert_equal([5] * 4, done)
    store.check
    assert_equal(20, store.stats(at: NOW + DAY).live)
  end

  def test_a_store_for_each
    at_once(4) do |number|
      OfferPolicy::Store.open(path, policy, busy: 60) do |own|
        5.times { |turn| request_with(own, "org-#{number}-#{turn}") }
      end
    end
    assert_equal(20, store.stats(at: NOW).migrations)
    store.check
  end

  def request_with(store, org)
    store.request(org: org, from: "self_managed", to: "saas", level: "premium", owner: "dana",
                  target_date: Date.new(2026, 12, 20), facts: facts(org), actor: "dana", at: NOW)
  end

  def test_closing_while_others_work
    ends = at_once do |number|
      loop do
        store.stats(at: NOW)
        store.close if number.zero?
      end
    rescue OfferPolicy::Misuse
      :closed
    end
    assert_equal([:closed] * THREADS, ends)
  end

  def test_texts_that_change_while_c_works
    org = +"acme" * 1
    texts = Array.new(2) { +"x" * 100 }
    changing = Thread.new { loop { texts.each { |text| text.replace("y" * 5000).replace("z" * 100) } && Thread.pass } }
    50.times { store.events(org: texts[0], migration: texts[1]).to_a }
    assert_equal("acme", request_migration(org: org, reason: texts[0]).migration.org)
  ensure
    changing.kill.join
  end

  def test_a_store_after_an_interruption
    while_locked do
      own = open_store(busy: 0.3)
      assert_raises(Timeout::Error, OfferPolicy::StoreBusy) do
        Timeout.timeout(0.05) { own.ack("v1:x", at: NOW) }
      end
      assert_equal(1, own.stats(at: NOW).events)
    end
  end

  # It does not keep the work from being done.
  def test_an_interruption_that_has_to_wait
    ready, go, done = Queue.new, Queue.new, []
    thread = Thread.new do
      Thread.current.report_on_exception = false
      Thread.handle_interrupt(Object => :never) do
        ready << true
        go.pop
        done << store.stats(at: NOW).events << store.close << store.closed?
      end
    end
    ready.pop
    thread.raise(KeyError, "waits")
    go << true
    assert_raises(KeyError) { thread.value }
    assert_equal([1, nil, true], done)
  end

  def test_a_signal_handler_is_told
    told = Queue.new
    previous = trap("USR1") do
      store.stats(at: NOW)
    rescue ThreadError => e
      told << e.message
    end
    Process.kill("USR1", Process.pid)
    assert_match(/trap context/, Timeout.timeout(5) { told.pop })
  ensure
    trap("USR1", previous || "DEFAULT")
  end
end

# While C works, other threads of the interpreter run.
class TestLongWork < StoreCase
  # A thread that waits for the store's lock in C, until that is given back.
  def waiting_thread(&block)
    Thread.new(open_store(busy: 30), &block).tap { |thread| Thread.pass until thread.status == "sleep" }
  end

  # This thread gives the lock back, so that the other one need not wait in vain.
  def test_waiting_for_others
    waiting = nil
    while_locked do
      waiting = waiting_thread { |own| own.ack("v1:x", at: NOW) }
      waiting.report_on_exception = false
    end
    assert_raises(OfferPolicy::NotFound) { waiting.value }
  end

  def test_objects_are_made_meanwhile
    waiting = nil
    while_locked do
      waiting = waiting_thread { |own| approve_with(own, "M-#{"1" * 100}") }
      20.times { Array.new(1000) { "y" * 100 } && GC.start }
    end
    assert_match(/"M-1{50}/, waiting.value)
  end

  def approve_with(store, migration)
    assert_raises(OfferPolicy::NotFound) { store.approve(migration, actor: "mira", at: NOW) }.message
  end

  # Short strings have their characters within themselves, and the collector may move them.
  def test_texts_are_moved_meanwhile
    skip("this Ruby does not compact") unless GC.respond_to?(:verify_compaction_references)
    names = ->(word) { Array.new(5) { |number| word + number.to_s } }
    waiting = nil
    while_locked do
      waiting = waiting_thread { |own| step_of(own, *names["name-"]) }
      GC.verify_compaction_references(double_heap: true, toward: :empty)
      names["other"]
    end
    migration, event = waiting.value.to_h.values_at(:migration, :event)
    assert_equal(names["name-"], [migration.org, migration.owner, event.actor, event.reason, event.key])
  end

  def step_of(store, org, owner, actor, reason, key)
    store.request(org:, owner:, actor:, reason:, key:, from: "self_managed", to: "saas", level: "premium",
                  target_date: Date.new(2026, 12, 31), facts: facts(org), at: NOW)
  end
end

class TestRactors < PolicyCase
  def in_ractor(*arguments, &block)
    verbose, $VERBOSE = $VERBOSE, nil
    Ractor.new(*arguments, &block).take
  ensure
    $VERBOSE = verbose
  end

  def test_policies_stay_in_the_main_ractor
    error = assert_raises(Ractor::RemoteError) do
      in_ractor { Thread.current.report_on_exception = false; OfferPolicy::Policy.default }
    end
    assert_kind_of(Ractor::UnsafeError, error.cause)
    assert_match(/not main ractor/, error.cause.message)
    assert_raises(TypeError) { in_ractor(policy) { |one| one.name } }
    assert_raises(Ractor::Error) { Ractor.make_shareable(policy) }
  end

  def test_values_may_go_anywhere
    decision = policy.decide(request)
    actions = Ractor.make_shareable(decision.actions)
    assert_equal(:add_tag, in_ractor(actions) { |all| all.first.do })
    assert_equal(decision.sla, in_ractor(decision.sla) { |sla| sla })
  end
end
