# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "connection"

module OfferPolicy
  # The life of migrations: what people do to them, and what the clock does.
  #
  # Each step has an +actor+, who takes it +at+ an instant in a +role+, a +reason+, and an
  # idempotency +key+: the same step with the same key changes nothing and gives its first answer;
  # without one a key is derived. With +if_revision+ it is refused if the migration is of another
  # revision by now. +facts+ are what an org has bought: the +org+ and +entitlements+ of a request,
  # or several of them. A migration is named by its id, or by its record.
  class Steps < Connection
    OUTCOMES = {reached: Native::OUTCOME_REACHED, not_reached: Native::OUTCOME_NOT_REACHED}.freeze
    private_constant :OUTCOMES

    # Asks for a migration of +org+ from one offering to another, at +level+.
    #
    # +target_date+ is its last day, +owner+ the accountable person, +evidence+ a link to a quote or
    # an order. +facts+ must show what the org has bought.
    def request(org:, from:, to:, level:, target_date:, owner:, facts:, actor:, at:, role: nil,
                reason: nil, evidence: nil, key: nil)
      step(Native::STEP_REQUEST, facts, {org:, from:, to:, level:, target_date:, owner:, actor:,
                                         at:, role:, reason:, evidence:, key:})
    end

    # Says yes to an open migration: as an approver who has not requested it.
    def approve(migration, actor:, at:, role: nil, reason: nil, key: nil, if_revision: nil)
      change(Native::STEP_APPROVE, migration, nil,
             {actor:, at:, role:, reason:, key:, if_revision:})
    end

    # Says no to an open migration: as an approver.
    def refuse(migration, actor:, at:, role: nil, reason: nil, key: nil, if_revision: nil)
      change(Native::STEP_REFUSE, migration, nil,
             {actor:, at:, role:, reason:, key:, if_revision:})
    end

    # Withdraws an open migration: as an approver, or as who has requested it.
    def cancel(migration, actor:, at:, role: nil, reason: nil, key: nil, if_revision: nil)
      change(Native::STEP_CANCEL, migration, nil,
             {actor:, at:, role:, reason:, key:, if_revision:})
    end

    # Gives a live migration a later +target_date+: as an approver.
    #
    # With modules it is what every object of Ruby has.
    def extend(migration, *modules, **step)
      return super if migration.is_a?(Module)
      raise ArgumentError, "one migration at a time" unless modules.empty?

      extend_migration(migration, **step)
    end

    # Ends a live migration now: as an approver. With +facts+ it is known which tags stay.
    def end(migration, actor:, at:, facts: nil, role: nil, reason: nil, key: nil, if_revision: nil)
      change(Native::STEP_END, migration, facts,
             {actor:, at:, role:, reason:, key:, if_revision:})
    end

    # Says that the new offering was bought; +outcome+: was the goal +:reached+, or +:not_reached+?
    # With +facts+ it is known which tags stay, and how long.
    def complete(migration, outcome:, actor:, at:, facts: nil, role: nil, reason: nil, key: nil,
                 if_revision: nil)
      outcome = Arguments.word("outcome", outcome, OUTCOMES)
      change(Native::STEP_COMPLETE, migration, facts,
             {outcome:, actor:, at:, role:, reason:, key:, if_revision:})
    end

    # Turns ends that have passed, and reminders that are due, into events and actions: an Array of
    # Expiry.
    #
    # May run at any time and by many at once: nothing is done twice. With +facts+ (of any orgs)
    # removals of tags come without +unless_entitled+.
    def expire(at:, facts: nil)
      policy = native_policy(needed_policy)
      with_facts(policy, facts) do |known|
        found = []
        more = true
        while more
          swept = exclusively { |store| Native.sweep_run({at:, facts: known}, store, policy) }
          Records.of(swept) do |records|
            found.concat(expiries(records))
            more = Native.records_more(records)
          end
        end
        found.freeze
      end
    end

    private

    def extend_migration(migration, target_date:, actor:, at:, role: nil, reason: nil, key: nil,
                         if_revision: nil)
      change(Native::STEP_EXTEND, migration, nil,
             {target_date:, actor:, at:, role:, reason:, key:, if_revision:})
    end

    # A step of a migration that is there.
    def change(kind, migration, facts, members)
      id = migration.is_a?(Migration) ? migration.id : Arguments.text("migration", migration)
      step(kind, facts, {**members, migration: id})
    end

    def step(kind, facts, members)
      policy = native_policy(needed_policy)
      with_facts(policy, facts) do |known|
        step = {**members, kind:, facts: known}
        taken = exclusively { |store| Native.step_take(step, store, policy) }
        Records.of(taken) { |records| step_result(records) }
      end
    end

    def step_result(records)
      event = Records.events(records).first
      StepResult.new(repeated: Native.records_repeated(records), event:,
                     migration: Records.migrations(records, event.at).first,
                     actions: Records.actions(records))
    end

    # Yields what C knows of facts, or nil. They are read before the store is asked.
    def with_facts(policy, documents)
      return yield if documents.nil?

      documents = [documents] if documents.respond_to?(:to_hash)
      Arguments.listed("facts", "a Hash or several", documents)

      facts = Native.facts_new
      documents.each { |document| add_facts(facts, policy, document) }
      yield facts
    ensure
      Native.drop(facts) if facts
    end

    def add_facts(facts, policy, document)
      reading = Native.policy_read_facts(policy, document)
      Native.facts_add_reading(facts, policy, reading)
    ensure
      Native.drop(reading) if reading
    end

    # Each migration has one event in a sweep.
    def expiries(records)
      actions = Records.actions(records).group_by(&:migration)
      Records.events(records).map do |event|
        Expiry.new(event:, actions: actions.fetch(event.migration.id, []).freeze)
      end
    end
  end
  private_constant :Steps
end
