# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module OfferPolicy
  # What decides on many requests, one after another.
  module DecideMany
    MANY = 256 # so many decisions are worth Policy#prepare
    private_constant :MANY

    # Decides on whole requests, each when its turn comes, in their order: yields each Decision, or
    # gives an Enumerator.
    #
    # With <tt>errors: :return</tt> a RequestError comes in the place of a decision, and the others
    # go on.
    def decide_many(requests, now: nil, errors: :raise)
      return_errors = Arguments.word("errors", errors, {raise: false, return: true})
      Arguments.listed("requests", "Enumerable", requests)
      return to_enum(:decide_many, requests, now: now, errors: errors) unless block_given?

      count = 0
      requests.each do |request|
        prepare_for_many if (count += 1) == MANY
        yield decide_or_return(request, now, return_errors)
      end
      self
    end

    private

    # Without the memory for it, decisions merely take longer.
    def prepare_for_many
      needed_policy.prepare
    rescue NoMemoryError
      nil
    end

    def decide_or_return(request, now, return_errors)
      decide(request, now: now)
    rescue RequestError => e
      return_errors ? e : raise
    end
  end

  private_constant :DecideMany

  # A compiled policy. It is immutable: all threads may use it at once.
  #
  # Policy.load, Policy.parse and Policy.default make one.
  class Policy
    include DecideMany

    class << self
      # Reads and compiles a policy file.
      #
      # +zone_directory+ is where the zone files are, if not in /usr/share/zoneinfo; +source+ is
      # what messages call the file, if not by its path. Without +jit+ patterns are interpreted:
      # slower, but no memory becomes executable. A policy with mistakes raises PolicyError, which
      # has them all; #warnings of the policy has what is merely doubtful.
      def load(path, zone_directory: nil, source: nil, jit: true)
        options = {zone_directory: zone_directory, source: source, no_jit: !jit}
        new(Native.policy_load(path, options), zone_directory)
      end

      # Compiles a policy from its text (YAML); else as Policy.load.
      def parse(yaml, zone_directory: nil, source: nil, jit: true)
        options = {zone_directory: zone_directory, source: source, no_jit: !jit}
        new(Native.policy_parse(Arguments.text("yaml", yaml), options), zone_directory)
      end

      # The small policy that is built into the library.
      def default(zone_directory: nil, jit: true)
        options = {zone_directory: zone_directory, no_jit: !jit}
        new(Native.policy_default(options), zone_directory)
      end

      # Everything that is wrong with a policy file, or doubtful, as Diagnostics in the order of the
      # places.
      def check(path, zone_directory: nil)
        load(path, zone_directory: zone_directory).warnings
      rescue PolicyError => e
        e.diagnostics
      end

      # The same for a policy's text.
      def check_text(yaml, zone_directory: nil, source: nil)
        parse(yaml, zone_directory: zone_directory, source: source).warnings
      rescue PolicyError => e
        e.diagnostics
      end

      private :new
    end

    # The support levels, lowest first.
    attr_reader :levels

    # The priorities, lowest first.
    attr_reader :priorities

    # The offerings, in the order of the file.
    attr_reader :offerings

    # The names of the calendars.
    attr_reader :calendars

    # @private Use Policy.load, Policy.parse or Policy.default.
    def initialize(native, zone_directory)
      @native = native
      @zone_directory = zone_directory
      @levels = names(:policy_level_count, :policy_level_name)
      @priorities = names(:policy_priority_count, :policy_priority_name)
      @offerings = names(:policy_offering_count, :policy_offering_name)
      @calendars = Array.new(Native.policy_calendar_count(native)) do |index|
        Native.calendar_name(Native.policy_calendar(native, index))
      end.freeze
      # Actions that change tags, each made when it is first needed; the policy itself is frozen.
      @tag_actions = []
      freeze
    end

    # Its name (+policy:+).
    def name
      Native.policy_name(@native)
    end

    # Its revision, if it names one.
    def revision
      Native.policy_revision(@native)
    end

    # "sha256:" and the SHA-256 of the file's bytes in hexadecimal.
    def digest
      Native.policy_digest(@native)
    end

    # The version of the time zone data that it was loaded with, or "unknown".
    def tzdata
      Native.policy_tzdata(@native)
    end

    # Name of the zone whose local dates are meant by dates without a time.
    def time_zone
      Native.zone_name(Native.policy_zone(@native))
    end

    # What the file says that is allowed, but probably not meant, as Diagnostics.
    def warnings
      Array.new(Native.policy_warning_count(@native)) do |index|
        Failures.diagnostic(Native.policy_warning(@native, index))
      end.freeze
    end

    # The levels that somebody pays for, lowest first.
    def paid_levels
      levels.select.with_index { |_, index| Native.policy_level_is_paid(@native, index) }.freeze
    end

    # The title of each offering, for people, by its name.
    def titles
      offerings.each_with_index.to_h do |name, index|
        [name, Native.policy_offering_title(@native, index)]
      end.freeze
    end

    # The values of each field that tickets may have, by its name.
    def fields
      Array.new(Native.policy_field_count(@native)) do |field|
        [Native.policy_field_name(@native, field), values(field)]
      end.to_h.freeze
    end

    # The ids of the SLA rules, in the order in which they are tried. With any of them, tickets need
    # their +created_at+.
    def sla_rules
      names(:policy_sla_rule_count, :policy_sla_rule_id)
    end

    # The tags that the policy knows: level and focus tags, and those of conditions.
    def tags
      names(:policy_tag_count, :policy_tag_name)
    end

    # The Calendar with this name; without one raises NotFound.
    def calendar(name)
      index = Native.policy_find_calendar(@native, Arguments.text("name", name))
      raise Failures.not_found("calendar", name.to_s, calendars) if index.negative?

      Calendar.__send__(:new, Native.policy_calendar(@native, index), self)
    end

    # The first instant of a local date in the policy's zone.
    def date_start(date)
      Native.policy_date_start(@native, date)
    end

    # When a migration with this last day ends, and when it is forgotten.
    def migration_end(target_date)
      Native.policy_migration_end(@native, target_date)
    end

    # Decides on a ticket: a whole request, or its parts.
    #
    # Hashes have Strings or Symbols as keys; instants are Times or texts, dates are Dates or texts.
    # +now+ is the instant to decide for. A whole request may name it itself, and then that counts.
    # Facts that are wrong raise RequestError, whose +pointer+ names the place. Nothing but policy
    # and facts has a say: no clock, environment, locale, file or network.
    def decide(request = nil, ticket: nil, org: nil, entitlements: nil, migrations: nil, now: nil)
      made = Native.policy_decide_from(@native, request, ticket, org, entitlements, migrations, now)
      Decision.__send__(:new, made, self)
    end

    # Prepares for many decisions: patterns are then told apart sooner, with the same answers. It takes
    # some milliseconds, and once is enough. #decide_many does it by itself after some hundred
    # requests.
    def prepare
      Native.policy_prepare(@native)
      nil
    end

    def inspect
      "#<#{self.class} #{name.inspect}#{" revision #{revision.inspect}" if revision}>"
    end

    def marshal_dump
      raise TypeError, "a #{self.class} can't be dumped: load it where it is needed"
    end

    private

    def needed_policy
      self
    end

    # The Actions that stand for numbers of C: see Native.decision_actions.
    def tag_actions(numbers)
      numbers.map { |number| @tag_actions[number] ||= tag_action(number) }.freeze
    end

    # A zone from where the policy's zones are.
    def zone(name)
      Native.zone_load(@zone_directory, Arguments.text("time_zone", name))
    end

    # All names of a kind, by two functions of C.
    def names(count, name)
      Array.new(Native.public_send(count, @native)) do |index|
        Native.public_send(name, @native, index)
      end.freeze
    end

    def values(field)
      Array.new(Native.policy_value_count(@native, field)) do |value|
        Native.policy_value_name(@native, field, value)
      end.freeze
    end

    def tag_action(number)
      tag, kind = number.divmod(2)
      Action.new(do: Parts.kind(Native.action_kind_name(kind)),
                 tag: Native.policy_tag_name(@native, tag))
    end
  end
end
