# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "steps"

module OfferPolicy
  # A connection to a store, for one process; its threads take turns.
  #
  # Store.open makes one. Instants are the program's: the library asks no clock, so +at+ is always
  # given. After a fork a child opens its own; with its parent's everything but closing raises
  # Misuse.
  class Store < Steps
    include DecideMany

    STATES = {
      open: Native::MIGRATION_IS_OPEN, live: Native::MIGRATION_IS_LIVE,
      refused: Native::MIGRATION_IS_REFUSED, completed: Native::MIGRATION_IS_COMPLETED,
      cancelled: Native::MIGRATION_IS_CANCELLED, ended: Native::MIGRATION_IS_ENDED,
      missed: Native::MIGRATION_IS_MISSED
    }.freeze
    private_constant :STATES

    # A migration with all its events and actions, as a History; without one raises NotFound. Its
    # +state+ is that of the instant +at+.
    def find(migration, at:)
      Records.of(call(:store_find, Arguments.text("migration", migration))) do |records|
        History.new(migration: Records.migrations(records, at).first,
                    events: Records.events(records), actions: Records.actions(records))
      end
    end

    # The Migrations that are in +state+ at the instant +at+, in the order of their ids: yields
    # each, or gives an Enumerator, as all lists of a store do.
    def migrations(at:, org: nil, state: nil, ends_before: nil, &block)
      return to_enum(:migrations, at:, org:, state:, ends_before:) unless block

      filter = {at:, org:, ends_before:, state: state && Arguments.word("state", state, STATES)}
      each_page(:store_list, filter) do |records|
        Records.migrations(records, at).each(&block).last&.id
      end
    end

    # The Events of the audit log, oldest first.
    def events(org: nil, migration: nil, since: nil, &block)
      return to_enum(:events, org:, migration:, since:) unless block

      each_page(:store_events, {org:, migration:, since:}) do |records|
        Records.events(records).each(&block).last&.seq
      end
    end

    # How much there is, as StoreStats.
    def stats(at:)
      StoreStats.new(**call(:store_get_stats, at))
    end

    # The HostActions that are to be carried out now, oldest first.
    #
    # Each is looked up when its turn comes, so that those behind one that has failed wait with it.
    # Carry it out, remember its key, and acknowledge it.
    def pending_actions(at:)
      return to_enum(:pending_actions, at:) unless block_given?

      last = 0
      while (action = action_after(last, at))
        yield action
        last = action.seq
      end
      self
    end

    # Says that an action (or the one with this key) was carried out.
    def ack(action, at:)
      call(:store_ack, key_of(action), at)
      nil
    end

    # Says that an action could not be carried out, and after how many seconds it is to be tried
    # again.
    def fail(action, at:, retry_after:, problem: nil)
      call(:store_fail, key_of(action), at, retry_after, problem)
      nil
    end

    # Decides with the org's migrations as the store has them; else as Policy#decide.
    def decide(request = nil, ticket: nil, org: nil, entitlements: nil, now: nil)
      policy = needed_policy
      native = native_policy(policy)
      reading = Native.policy_read_request(native, request, ticket, org, entitlements, nil, now)
      Decision.__send__(:new, call(:store_decide, native, reading, @log, @log_texts), policy)
    ensure
      Native.drop(reading) if reading
    end

    # The LoggedDecisions for instants from +since+ up to, not including, +until+.
    def log(ticket: nil, org: nil, since: nil, until: nil)
      filter = {ticket:, org:, since:, until: binding.local_variable_get(:until)}
      return to_enum(:log, **filter) unless block_given?

      each_logged(filter) { |logged| yield logged }
    end

    # Decides logged requests again, by +policy+, and tells what differs: yields each Replay, or
    # gives an Enumerator.
    def replay(policy, ticket: nil, org: nil, since: nil, until: nil)
      Arguments.object("policy", policy, Policy)
      filter = {ticket:, org:, since:, until: binding.local_variable_get(:until)}
      return to_enum(:replay, policy, **filter) unless block_given?

      each_logged(filter) { |*place| yield decide_again(policy, *place) }
    end

    # Forgets decisions for instants before this one; the audit log keeps how many, and why. Returns
    # how many there were.
    def prune_log(before:, actor:, at:, role: nil, reason: nil)
      call(:store_prune_log, before, {at:, actor:, role:, reason:})
    end

    # The hash of the newest event. Keep it elsewhere, for #audit_verify.
    def audit_head
      call(:audit_head)
    end

    # Verifies the audit log, and that it contains the event with the hash +expect+. Returns how
    # many events there are. Raises StoreCorrupt, which names the first that is wrong.
    def audit_verify(expect = nil)
      call(:audit_verify, expect)
    end

    # Checks everything. Raises StoreCorrupt with a diagnostic for each thing that is wrong.
    def check
      call(:store_check)
    end

    # Copies the store into a new file while others go on using it.
    def backup(path)
      call(:store_backup, path)
    end

    # Writes everything as NDJSON to a new file, or to an open one.
    def export_to(target)
      number = Arguments.descriptor("target", target)
      return export_to_new(target) unless number

      target.flush
      call(:store_export, number)
    end

    # Reads what #export_to wrote, from a file or an open one, into a store in which nothing has
    # happened yet.
    def import_from(source)
      number = Arguments.descriptor("source", source)
      return call(:store_import, number, nil) if number

      File.open(source, "rb") { |file| call(:store_import, file.fileno, source) }
    end

    private

    def action_after(seq, at)
      Records.of(call(:store_actions, at, seq, 1)) { |records| Records.actions(records).first }
    end

    # The new file is for this user alone; it is whole, or not there.
    def export_to_new(path)
      File.open(path, "wxb", 0o600) do |file|
        call(:store_export, file.fileno)
        file.fsync
      rescue Exception
        File.unlink(path)
        raise
      end
      nil
    end

    def key_of(action)
      action.is_a?(HostAction) ? action.key : Arguments.text("action", action)
    end

    # Yields logged decisions, with their place: the records that they are among, and the index.
    def each_logged(filter)
      each_page(:store_log, filter) do |records|
        Records.logged(records).each_with_index { |logged, index| yield logged, records, index }
               .last&.seq
      end
    end

    def decide_again(policy, logged, records, index)
      decision = policy.decide(logged.request)
      text = call(:store_compare, native_policy(policy), records, index,
                  decision.instance_variable_get(:@native))
      Replay.new(logged:, decision:, differences: JSON.parse(text, freeze: true))
    rescue RequestError => e
      Replay.new(logged:, differences: {}.freeze, error: e)
    end
  end
end
