# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Preforking servers: a child may use everything that its parent had, but its stores.

require_relative "support"

class TestFork < StoreCase
  Misuse = OfferPolicy::Misuse

  # Runs in a child, which must not hang; tells what it has raised.
  def in_child
    reading, writing = IO.pipe
    child = fork do
      reading.close
      yield
    rescue Exception => e
      writing.write(e.full_message(highlight: false))
    ensure
      writing.flush
      exit!(0)
    end
    writing.close
    told = reading.read
    Process.wait(child)
    assert_empty(told)
    assert_predicate($?, :success?)
  end

  def check(condition)
    condition or raise "this does not hold"
  end

  def test_policies_and_decisions
    decision = policy.decide(request)
    calendar = policy.calendar("business")
    in_child do
      check(decision.verdict == :entitled)
      check(policy.decide(request) == decision)
      check(calendar.due(NOW, HOUR) == NOW + HOUR)
    end
  end

  def refused
    yield
  rescue Misuse => e
    check(e.code == "OFP-411")
  else
    raise "nothing was raised"
  end

  def test_stores_are_refused
    live
    in_child do
      refused { store.stats(at: NOW) }
      refused { store.decide(request) }
      refused { request_migration }
      refused { store.events.first }
      refused { store.expire(at: NOW) }
      refused { store.check }
      store.close
      OfferPolicy::Store.open(path, policy) do |own|
        check(own.decide(request).verdict == :entitled)
        own.expire(at: NOW + HOUR)
      end
    end
    store.check
    assert_equal(1, store.stats(at: NOW).live)
  end

  def test_a_child_that_drops_the_store
    holder = [OfferPolicy::Store.open(path, policy)]
    in_child do
      holder.clear
      GC.start
    end
    holder.first.stats(at: NOW)
  end

  def test_a_child_that_ends_as_usual
    in_child { system("true") }
    child = fork { exit(0) }
    Process.wait(child)
    assert_predicate($?, :success?)
    store.stats(at: NOW)
  end

  def test_a_thread_was_using_the_store
    waiting = nil
    while_locked do
      waiting = waiting_thread(open_store(busy: 300))
      in_child do
        refused { @opened.last.stats(at: NOW) }
        @opened.last.close
      end
      assert_predicate(waiting, :alive?)
    end
    assert_kind_of(OfferPolicy::NotFound, waiting.value)
  end

  # It has taken the store's lock and waits in C for the file's.
  def waiting_thread(store)
    thread = Thread.new { assert_raises(OfferPolicy::NotFound) { store.ack("v1:x", at: NOW) } }
    Thread.pass until thread.status == "sleep"
    thread
  end
end
