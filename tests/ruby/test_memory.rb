# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Every allocation fails once: a NoMemoryError, no crash, no leak, and the next call works.
#
#     test_memory.rb LIBRARY
#
# LIBRARY (../python/failing.c) is loaded before the interpreter. Ruby's own allocations always work,
# for its heap does not survive that one fails.
LIBRARY = ARGV.shift
exec({"LD_PRELOAD" => LIBRARY}, RbConfig.ruby, "-W", __FILE__, LIBRARY, *ARGV) unless ENV.delete("LD_PRELOAD")

require_relative "support"
require "fiddle/import"

# Which allocation fails.
module Failing
  extend Fiddle::Importer
  dlload Fiddle.dlopen(nil)
  extern "void fail_after(long)"
  extern "int fail_stop(void)"
  extern "void fail_spare(void *)"
  fail_spare(Fiddle.dlopen(nil)["ruby_init"])

  # Lets so many allocations of the block work, and the next one fail. Gives the block's value, or
  # the error, and whether it came to that allocation.
  def self.after(count)
    fail_after(count)
    value = begin
      yield
    rescue NoMemoryError, OfferPolicy::Error => e
      e
    end
    [value, fail_stop == 1]
  end
end

class TestMemory < PolicyCase
  # Lets each allocation of the block fail, one after the other.
  def fail_each(least = 0, &block)
    expected = block.call
    ends = (0..).lazy.map { |count| Failing.after(count, &block) }.take_while(&:last).map(&:first).to_a
    assert_operator(ends.size, :>=, least)
    assert_empty(ends.grep_v(NoMemoryError))
    assert_equal([expected], [block.call])
  end

  def test_deciding
    whole = request(offering: "saas", tags: %w[sm_premium focus_saas], created_at: NOW)
    parts = {ticket: whole[:ticket], **facts(starts: Date.new(2026)), now: NOW}
    fail_each(2) { policy.decide(whole) }
    fail_each(4) { policy.decide(whole).to_json }
    fail_each(2) { policy.decide(**parts).tag_actions }
  end

  def told
    yield
  rescue OfferPolicy::Error => e
    e.message
  end

  def test_mistakes
    fail_each(1) { told { policy.decide(request(priority: "hihg")) } }
    fail_each(1) { told { policy.decide(request(tags: [1.5])) } }
  end

  # Decides while it is read, and so on: more readings at once than are kept.
  def nested(depth)
    read = -> { depth.zero? ? ticket : nested(depth - 1) && ticket }
    inner = Object.new
    inner.define_singleton_method(:to_hash) { read.call }
    policy.decide(ticket: inner, now: NOW, **facts).verdict
  end

  def test_readings
    fail_each(15) { nested(10) }
  end

  def test_parts
    decision = policy.decide(request)
    %i[verdict level valid_until tag_actions now].each { |name| fail_each { decision.public_send(name) } }
    %i[explain to_json].each { |name| fail_each(1) { decision.public_send(name) } }
  end

  def test_calendars
    fail_each { contract_calendar.due(NOW, DAY) }
    fail_each { contract_calendar.periods(NOW).first(3) }
  end

  def contract_calendar
    policy.calendar("business")
  end

  # Each of its thousands of allocations fails in the tests of C.
  def test_policies
    text = CONTRACT.read
    counts = [*0...40, *(40...4000).step(97)]
    ends = counts.map { |count| Failing.after(count) { OfferPolicy::Policy.parse(text).digest }.first }
    errors, digests = ends.partition { |one| one.is_a?(Exception) }
    assert_operator(errors.size, :>, 40)
    assert_empty(digests - [policy.digest])
  end
end

# SQLite may work with less memory, or say that it could not.
class TestStoreMemory < StoreCase
  def test_reading
    live
    [
      -> { store.find("M-1", at: NOW) }, -> { store.stats(at: NOW) }, -> { store.decide(request) },
      -> { store.events.to_a }, -> { store.audit_head }
    ].each { |work| tolerant(&work) }
    store.check
  end

  def tolerant(&work)
    expected = work.call
    ends = (0...400).step(7).map { |count| Failing.after(count, &work).first }
    assert_equal([expected], [*ends.reject { |one| one.is_a?(Exception) }, work.call].uniq)
  end

  def test_writing
    (0...600).step(13) do |count|
      Failing.after(count) { request_migration(org: "org-#{count}") }
    end
    store.check
    request_migration
  end

  def test_opening_and_closing
    (0...200).step(3) do |count|
      Failing.after(count) { OfferPolicy::Store.open(path, policy).close }
    end
    store.check
  end
end
