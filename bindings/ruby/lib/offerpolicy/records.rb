# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative "document"

# What a store gives back: frozen Structs.
#
# Words of the library are Symbols; offerings and levels are names, as they were written. Instants
# are Times in UTC. What is missing is nil. Records that have a document give it by +to_document+
# and +to_json+: it is what all languages and the command write.
module OfferPolicy
  plain = Document::PLAIN
  word = Document::WORD
  date = Document::DATE
  instant = Document::INSTANT

  # By which policy something was done; of events without the revision.
  PolicyStamp = Document.define(name: plain, revision: plain, digest: plain)

  # An offering at a level.
  Entitlement = Document.define(offering: plain, level: plain)

  # A migration, as it was at some instant.
  #
  # * +id+: "M-" and a number
  # * +org+, +org_name+: the org's id, and its name when this was requested
  # * +from+, +from_level+: the offering it moves from, and the level that it had of it
  # * +to+, +level+: the offering it moves to, and the level that is promised
  # * +target_date+: its last day, a Date
  # * +ends_at+, +forgotten_at+: the first instant after it; from when on it counts for nothing
  # * +status+: what people last did: +:requested+, +:approved+, +:refused+, +:completed+,
  #   +:cancelled+
  # * +state+: what it is at the instant that was asked for: +:open+, +:live+, +:refused+,
  #   +:completed+, +:cancelled+, +:ended+, +:missed+
  # * +revision+: 1, and one more with each step
  # * +owner+, +reason+, +evidence+, +requested_by+, +requested_at+: of the request
  # * +decided_by+, +decided_at+: who approved or refused it, and when
  # * +changed_at+: when the last step was taken
  # * +closed_by+, +closed_at+: who completed, cancelled or ended it, and when
  # * +outcome+: +:reached+ or +:not_reached+
  # * +extensions+: how often it was extended
  # * +policy+: the PolicyStamp of the policy that it was approved under
  Migration = Document.define(
    id: plain, org: plain, org_name: plain, from: plain, from_level: plain, to: plain,
    level: plain, target_date: date, ends_at: instant, forgotten_at: instant, status: word,
    state: word, revision: plain, owner: plain, reason: plain, evidence: plain,
    requested_by: plain, requested_at: instant, decided_by: plain, decided_at: instant,
    changed_at: instant, closed_by: plain, closed_at: instant, outcome: word, extensions: plain,
    policy: Document.record(PolicyStamp)
  )

  # An event of the audit log.
  #
  # * +seq+: its place in the log, from 1
  # * +kind+: +:request+, +:approve+, +:refuse+, +:extend+, +:end+, +:complete+, +:cancel+,
  #   +:expire+, +:remind+, +:create+, +:prune_log+
  # * +migration+: as it was afterwards; nil: the event is about the whole store
  # * +actor+, +role+, +reason+: who did it, in which role, why
  # * +key+: the step's idempotency key
  # * +previous_date+: of an extension, the target date before
  # * +policy+: the PolicyStamp of the policy that it went by
  # * +detail+: of the whole store: what was done, in words
  # * +sha256+: of this event and the one before it; +hash+ in documents
  Event = Document.define(
    seq: plain, at: instant, kind: word, migration: Document.record(Migration), actor: plain,
    role: plain, reason: plain, key: plain, previous_date: date,
    policy: Document.record(PolicyStamp, without: ["revision"]), detail: plain,
    sha256: plain.called("hash")
  )

  # An action for the host, outside of tickets.
  #
  # * +seq+: its place in the order of actions
  # * +key+: the same on every listing: skip one that you have carried out, and acknowledge it
  # * +do+: +:add_tag+, +:remove_tag+, +:add_note+, +:remove_note+, +:ask_ops+ or +:remind+
  # * +migration+, +org+: ids of the migration that it belongs to, and the org that it is about
  # * +tag+, +text+, +owner+: the tag; the text of a note, request or reminder; whom to remind
  # * +unless_entitled+: do nothing if the org has an active paid Entitlement for this at that time
  # * +not_before+, +retry_at+: when it must wait; after a failure
  # * +created_at+: when the step was taken that caused it
  # * +state+: +:pending+, +:done+ or +:withdrawn+
  # * +attempts+, +problem+: how often it failed, and why it failed last
  # * +settled_at+: when it was acknowledged or withdrawn
  HostAction = Document.define(
    seq: plain, key: plain, do: Document::KIND, migration: plain, org: plain,
    tag: plain.or_left_out, text: plain.or_left_out, owner: plain.or_left_out,
    unless_entitled: Document.record(Entitlement).or_left_out, not_before: instant.or_left_out,
    created_at: instant, state: word, attempts: plain, retry_at: instant, problem: plain,
    settled_at: instant
  )

  # A decision as it was logged: +request+ and +decision+ are documents. The request has the org's
  # migrations as they were, so that Policy#decide takes it; the decision lacks its actions' texts.
  LoggedDecision = Document.define(
    seq: plain, at: instant, ticket: plain, org: plain, policy_digest: plain, tzdata: plain,
    request: plain, decision: plain
  )

  # How much there is in a store.
  #
  # * +schema+, +bytes+: version of the file's layout, and its size
  # * +migrations+, +open+, +live+: all; requested, and approved ones that are not past their end
  # * +overdue+: past their end, but not yet seen by a sweep
  # * +pending_actions+, +failed_actions+: all that wait; those that have failed at least once
  # * +oldest_pending+: when the oldest pending action was made
  # * +events+, +decisions+: in the audit log, in the decision log
  StoreStats = Document.define(
    schema: plain, bytes: plain, migrations: plain, open: plain, live: plain, overdue: plain,
    pending_actions: plain, failed_actions: plain, oldest_pending: instant, events: plain,
    decisions: plain
  )

  # What a step has done: the Migration as it is now, the Event, the HostActions that follow.
  #
  # * +repeated+: was it taken earlier with the same key, so that this is its first answer?
  StepResult = Document.define(
    repeated: plain, migration: Document.record(Migration), event: Document.record(Event),
    actions: Document.list(HostAction)
  ) do
    # Was it taken earlier?
    def repeated?
      repeated
    end
  end

  # A Migration and all that has happened to it, oldest first: Events and HostActions.
  History = Document.define(
    migration: Document.record(Migration), events: Document.list(Event),
    actions: Document.list(HostAction)
  )

  # What a sweep has found: an end that has passed, or a reminder, and the HostActions that follow.
  Expiry = Document.define(event: Document.record(Event), actions: Document.list(HostAction))

  # A LoggedDecision, and what is decided on the same request now.
  #
  # * +decision+: nil: see +error+
  # * +differences+: a Hash, member by member what was and what would be; empty: the same
  # * +error+: why this policy can't decide on that request
  Replay = Struct.new(:logged, :decision, :differences, :error, keyword_init: true) do
    include Frozen

    # Is the answer the same?
    def same?
      error.nil? && differences.empty?
    end
  end

  # The records that C gives.
  module Records
    module_function

    # Yields them, and lets them go at once.
    def of(records)
      yield records
    ensure
      Native.drop(records)
    end

    def migrations(records, at)
      Array.new(Native.records_migration_count(records)) do |index|
        Document.parse(Migration, Native.records_write_migration(records, index, at))
      end.freeze
    end

    def events(records)
      Array.new(Native.records_event_count(records)) do |index|
        Document.parse(Event, Native.records_write_event(records, index))
      end.freeze
    end

    def actions(records)
      Array.new(Native.records_action_count(records)) do |index|
        Document.parse(HostAction, Native.records_write_action(records, index))
      end.freeze
    end

    def logged(records)
      Array.new(Native.records_decision_count(records)) do |index|
        Document.parse(LoggedDecision, Native.records_write_decision(records, index))
      end.freeze
    end
  end
  private_constant :Records
end
