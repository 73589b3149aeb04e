# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "logger"
require "offerpolicy"

# What a help desk's plugin calls for each ticket that is new or has changed.
#
#     hook = TriageHook.new("policy.yaml", contracts, RetryList.new("waiting"))
#     changes = hook.call(ticket)
#     save(changes.apply_to(ticket)) if changes
#
# Without a decision nothing changes. Whatever goes wrong (a broken policy, a ticket that can't be
# read, a store that is busy or full, contracts that are out of reach) is logged, the ticket is left
# as it is, and waits in the retry list until #retry_all has decided on it. Only if a ticket can't
# even be put there, #call raises.
class TriageHook
  # What to change about a ticket.
  #
  # * +add_tags+, +remove_tags+: tags
  # * +priority+: the new one; nil: it stays
  # * +posts+: OfferPolicy::Actions with texts to post, +:public_reply+ or +:internal_note+
  # * +valid_until+: when to look again if the ticket has not changed by then; nil: never
  Changes = Struct.new(:add_tags, :remove_tags, :priority, :posts, :valid_until,
                       keyword_init: true) do
    # The ticket as it is to be saved, as a new Hash.
    def apply_to(ticket)
      ticket.merge(
        "tags" => (ticket.fetch("tags", []) - remove_tags) | add_tags,
        "priority" => priority || ticket["priority"],
        "posts" => ticket.fetch("posts", []) + posts.map(&:text),
        "posted" => ticket.fetch("posted", []) + posts.map(&:key)
      )
    end
  end

  # What the policy can ask about; the rest of a ticket is the help desk's own.
  KNOWN = %w[id subject description priority created_at tags].freeze

  # +contracts+ gives for an org's id the +org+ and its +entitlements+, as the library takes them.
  # With +store_file+ approved migrations count, and decisions are kept in its log.
  def initialize(policy_file, contracts, retry_list, store_file: nil, clock: Time.method(:now),
                 log: Logger.new($stderr))
    @policy_file = policy_file
    @contracts = contracts
    @retry_list = retry_list
    @store_file = store_file
    @clock = clock
    @log = log
    reload
  end

  # Reads the policy file again. If that fails, the last good policy stays in force. Tells whether
  # the new one is.
  def reload
    @policy = OfferPolicy::Policy.load(@policy_file)
    @policy.warnings.each { |warning| @log.warn(warning.to_s) }
    true
  rescue OfferPolicy::Error => e
    e.diagnostics.each { |mistake| @log.error(mistake.to_s) }
    @log.error(@policy ? "the last good policy stays in force: #{@policy.name}" : "there is no policy")
    false
  end

  # The Changes to a ticket; nil: it is left as it is, and waits.
  def call(ticket)
    with_changes(ticket) { |changes| changes }
  end

  # Decides on the tickets that wait. Yields those that this succeeds for, with their Changes; they
  # wait on if the block fails.
  def retry_all
    @retry_list.tickets.each do |ticket|
      with_changes(ticket) { |changes| yield ticket, changes }
    end
  end

  # Lets the store go.
  def close
    @store&.close
    @store = nil
  end

  private

  # Yields the changes to a ticket. What then still fails, fails for this ticket only.
  def with_changes(ticket)
    result = yield changes_to(ticket)
    @retry_list.delete(ticket)
    result
  rescue StandardError => e
    @retry_list.put(ticket, e.message)
    @log.error("ticket #{ticket["id"].inspect} is left as it is: #{e.message}")
    nil
  end

  def changes_to(ticket)
    decision = decide(ticket)
    tags, texts = decision.actions.partition(&:tag?)
    added, removed = tags.partition { |action| action.do == :add_tag }
    Changes.new(
      add_tags: added.map(&:tag),
      remove_tags: removed.map(&:tag),
      priority: (decision.priority unless decision.priority == ticket["priority"]),
      posts: texts.reject { |action| ticket.fetch("posted", []).include?(action.key) },
      valid_until: decision.valid_until
    )
  end

  def decide(ticket)
    raise "there is no policy" unless @policy

    facts = ticket["org"] ? @contracts.call(ticket["org"]) : {}
    decider.decide(ticket: ticket.slice(*KNOWN), org: facts["org"],
                   entitlements: facts["entitlements"], now: @clock.call)
  end

  # A process that was forked from this one opens a store of its own.
  def decider
    return @policy unless @store_file

    close unless @opened_by == Process.pid
    @store ||= OfferPolicy::Store.open(@store_file, busy: 1, log: true)
    @opened_by = Process.pid
    @store.policy = @policy
    @store
  end
end
