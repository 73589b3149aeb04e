# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module OfferPolicy
  # A calendar of a policy: when is it open, and when has so much open time passed?
  #
  # Policy#calendar gives them. An instant is a Time, in whatever zone; results are in UTC. Searches
  # look 4,392 days ahead or back; what is not found there is nil. A calendar is immutable: all
  # threads may ask it at once.
  class Calendar
    # How many periods are asked for at a time.
    PAGE = 16

    # The first instant that the library does not work with.
    SUPPORTED_END = Time.utc(2201).freeze

    private_constant :PAGE, :SUPPORTED_END

    # The policy that it is a part of.
    attr_reader :policy

    # @private Use Policy#calendar.
    def initialize(native, policy)
      @native = native
      @policy = policy
      freeze
    end
    private_class_method :new

    # Its name in the policy.
    def name
      Native.calendar_name(@native)
    end

    # The earliest instant by which +seconds+ of open time have passed since +start+.
    #
    # A budget that is used up exactly at closing time is due at closing time; with 0 seconds it is
    # +start+ itself.
    def due(start, seconds)
      Native.calendar_due(@native, start, seconds)
    end

    # The mirror of #due: the latest instant with so much open time up to +start+.
    def due_back(start, seconds)
      Native.calendar_due_back(@native, start, seconds)
    end

    # The open seconds from +start+ to +finish+; 0 if +finish+ is not after +start+.
    def elapsed(start, finish)
      @native.elapsed(start, finish)
    end

    # Is it open at this instant?
    def open?(instant)
      Native.calendar_is_open(@native, instant)
    end

    # The first open instant at or after +start+.
    def next_open(start)
      Native.calendar_next_open(@native, start)
    end

    # +start+ itself if there is open time right before it, else the latest closing.
    def prev_open(start)
      Native.calendar_prev_open(@native, start)
    end

    # The open intervals that contain or follow +start+, the first one cut off at +start+, as
    # Periods: yields each, or gives an Enumerator.
    #
    # They are worked out as you go on, and there is no end to most calendars: stop when you have
    # enough, for example with +first+, or use +lazy+.
    def periods(start)
      return to_enum(:periods, start) unless block_given?

      each_pair(start) do |from, to|
        return self if from >= SUPPORTED_END

        yield Period.new(start: from, end: to)
      end
      self
    end

    # Of the same policy object, with the same name.
    def ==(other)
      other.is_a?(Calendar) && policy.equal?(other.policy) && name == other.name
    end
    alias eql? ==

    def hash
      [policy.object_id, name].hash
    end

    def inspect
      "#<#{self.class} #{name.inspect} of #{policy.name.inspect}>"
    end

    def marshal_dump
      raise TypeError, "a #{self.class} can't be dumped: load its policy where it is needed"
    end

    private

    # Start and end of the intervals, page by page.
    def each_pair(start, &block)
      loop do
        page = Native.calendar_periods(@native, start, PAGE)
        page.each(&block)
        start = page.last&.last
        break if start.nil? || start >= SUPPORTED_END
      end
    end
  end
end
