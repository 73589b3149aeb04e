# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Calendars: business time in Ruby's own values.

require_relative "support"

class TestQuestions < PolicyCase
  def setup
    @business = policy.calendar("business")
    @always = policy.calendar("always")
  end

  def test_due
    assert_equal(instant("2026-11-23T00:00:00Z"), @business.due(NOW, 8 * HOUR))
    assert_predicate(@business.due(NOW, 1), :utc?)
    assert_predicate(@business.due(NOW, 1), :frozen?)
    assert_equal(NOW, @business.due(NOW, 0))
  end

  def test_due_from_other_forms_of_the_same_instant
    [NOW.getlocal("+05:45"), NOW.getlocal("-07:00"), NOW + Rational(1, 3), NOW.to_datetime,
     NOW.getlocal("-07:00").to_datetime, acting_like_time(NOW)].each do |start|
      assert_equal(NOW + HOUR, @business.due(start, HOUR), start.inspect)
    end
  end

  # As times of Rails do.
  def acting_like_time(time)
    Object.new.tap do |one|
      one.define_singleton_method(:acts_like_time?) { true }
      one.define_singleton_method(:to_time) { time }
    end
  end

  def test_durations_that_convert_themselves
    hour = Object.new
    hour.define_singleton_method(:to_int) { HOUR }
    assert_equal(NOW + HOUR, @business.due(NOW, hour))
  end

  def test_due_out_of_reach
    assert_nil(@business.due(NOW, 5000 * DAY))
    assert_nil(@business.due_back(NOW, 5000 * DAY))
  end

  def test_before_1970
    due = @business.due_back(instant("1970-02-01T00:00:00Z"), 100 * DAY)
    assert_equal(instant("1969-09-16T14:00:00Z"), due)
  end

  def test_due_back
    assert_equal(NOW, @business.due_back(@business.due(NOW, 30 * HOUR), 30 * HOUR))
  end

  def test_elapsed
    assert_equal(26 * HOUR, @business.elapsed(NOW, NOW + 3 * DAY))
    assert_equal(0, @business.elapsed(NOW, NOW - DAY))
  end

  def test_open
    closing = instant("2026-11-21T01:00:00Z")
    opening = instant("2026-11-22T23:00:00Z")
    assert_same(true, @business.open?(closing - MINUTE))
    assert_same(false, @business.open?(closing))
    assert_equal(opening, @business.next_open(closing))
    assert_equal(closing, @business.prev_open(opening))
    assert_equal(NOW, @business.prev_open(NOW))
  end

  def test_periods
    first, second = @business.periods(NOW).first(2)
    assert_equal(OfferPolicy::Period.new(start: NOW, end: instant("2026-11-21T01:00:00Z")), first)
    assert_equal(instant("2026-11-22T23:00:00Z"), second.start)
    assert_equal([OfferPolicy::Period.new(start: NOW)], @always.periods(NOW).to_a)
  end

  def test_periods_go_on
    periods = @business.periods(NOW).first(1000)
    periods.each_cons(2) { |one, following| assert_operator(one.end, :<, following.start) }
    assert_equal(@business.elapsed(NOW, periods.last.end), periods.sum { |one| one.end - one.start })
  end

  def test_periods_one_by_one
    periods = @business.periods(NOW)
    assert_equal(NOW, periods.next.start)
    assert_equal(instant("2026-11-22T23:00:00Z"), periods.next.start)
    assert_equal(NOW, @business.periods(NOW).lazy.map(&:start).first)
    seen = []
    @business.periods(NOW) { |one| break if seen.push(one).size == 3 }
    assert_equal(periods.first(3), seen)
  end

  def test_periods_end_where_the_calendar_does
    periods = @business.periods(instant("2200-12-20T00:00:00Z")).to_a
    assert_includes(1..4, periods.size)
    assert_operator(periods.last.start, :<, instant("2201-01-01T00:00:00Z"))
  end

  def test_matching
    case @business.periods(NOW).first
    in {start:, end: finish}
      assert_equal([NOW, 7 * HOUR], [start, finish - start])
    end
  end
end

class TestRefusals < PolicyCase
  def setup
    @business = policy.calendar("business")
  end

  def test_instants_out_of_range
    [-(10**6), 1, 1969, 2201, 9999, 10**6].each do |year|
      assert_refused(OfferPolicy::RequestError, "OFP-313") { @business.due(Time.utc(year), 1) }
    end
    assert_raises(ArgumentError) { @business.due(Time.utc(10**20), 1) }
  end

  def test_negative_budgets
    assert_raises(OfferPolicy::RequestError) { @business.due(NOW, -1) }
  end

  def test_wrong_types
    [nil, "2026-11-20T18:00:00Z", 0, NOW.to_date, 1.5].each do |start|
      error = assert_raises(TypeError) { @business.due(start, 1) }
      assert_match(/\Astart must be a Time, not /, error.message)
    end
    [nil, "1h", 1.0, Rational(3, 2), true, NOW].each do |budget|
      error = assert_raises(TypeError) { @business.due(NOW, budget) }
      assert_match(/\Aseconds must be an Integer, not /, error.message)
    end
    assert_raises(RangeError) { @business.due(NOW, 2**63) }
  end

  def test_mistakes_of_periods_are_told_when_they_are_asked_for
    assert_raises(TypeError) { @business.periods("now").first }
  end
end

class TestCalendarValues < PolicyCase
  def test_calendars
    one, same = policy.calendar("emea"), policy.calendar("emea")
    assert_equal(one, same)
    assert_equal(one.hash, same.hash)
    assert(one.eql?(same))
    refute_equal(one, policy.calendar("night"))
    refute_equal(one, contract_policy.calendar("emea"))
    refute_equal(one, "emea")
    assert_equal('#<OfferPolicy::Calendar "emea" of "northwind-support">', one.inspect)
    assert_same(policy, one.policy)
    assert_raises(TypeError) { Marshal.dump(one) }
    assert_raises(NoMethodError) { OfferPolicy::Calendar.new(nil, policy) }
  end

  def test_a_calendar_keeps_its_policy
    calendar = contract_policy.calendar("business")
    GC.start
    assert_equal(NOW + HOUR, calendar.due(NOW, HOUR))
  end
end
