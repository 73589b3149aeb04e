# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# What decisions and calendars are made of: frozen Structs.
#
# Words of the library are Symbols. Levels, priorities, offerings, calendars and tags are the
# policy's own words, and so Strings. Instants are Times in UTC, durations are seconds.
module OfferPolicy
  # One thing that the host shall do to the ticket: change a tag, or post a text.
  #
  # * +do+: +:remove_tag+, +:add_tag+, +:public_reply+ or +:internal_note+
  # * +tag+: the tag to add or remove; nil: it is a text
  # * +text+: of a reply or note
  # * +key+: of a text, the same on every run for the same intention: skip one that you have posted
  Action = Struct.new(:do, :tag, :text, :key, keyword_init: true) do
    include Frozen

    # Does it change a tag?
    def tag?
      !tag.nil?
    end
  end

  # By when something must be done.
  #
  # * +metric+: +:first_reply+, +:next_reply+, +:periodic_update+ or +:resolution+
  # * +kind+: +:sla+ (promised by contract) or +:slo+ (an aim of the team)
  # * +calendar+: name of the calendar whose open time counts
  # * +budget+: the open time that there is, in seconds
  # * +due_at+: nil: it needs the ticket's history, or is out of reach
  Target = Struct.new(:metric, :kind, :calendar, :budget, :due_at, keyword_init: true) do
    include Frozen
  end

  # The SLA rule that holds, by its id, and its targets.
  Sla = Struct.new(:rule, :targets, keyword_init: true) do
    include Frozen

    # The target for a metric, if there is one.
    def target(metric)
      targets.find { |one| one.metric == metric.to_sym }
    end
  end

  # One thing that was found on the way to a decision. What does not apply is nil.
  #
  # * +code+: for example +:entitlement_ended+; the manual lists them all
  # * +sentence+: the same in words; nil where +more+ stands for several
  # * +decides+: is it among those that gave the answer?
  # * +rule+: index in the policy's list, from 0
  # * +entitlement+, +migration+: index in the request's list, from 0
  # * +more+: how many others with this code were left out
  Reason = Struct.new(:code, :sentence, :decides, :rule, :entitlement, :migration, :id, :line,
                      :offering, :level, :priority, :condition, :field, :score, :next, :next_score,
                      :limit, :date, :at, :more, keyword_init: true) do
    include Frozen

    # Is it among those that gave the answer?
    def decides?
      decides
    end
  end

  # An open interval: from +start+ on, up to but not including +end+; nil: as far as calendars look.
  Period = Struct.new(:start, :end, keyword_init: true) do
    include Frozen
  end

  # How parts of documents are read, and written.
  module Parts
    # What documents call the kinds of actions.
    KINDS = {
      "ticket.remove_tag" => :remove_tag,
      "ticket.add_tag" => :add_tag,
      "ticket.public_reply" => :public_reply,
      "ticket.internal_note" => :internal_note,
      "org.add_tag" => :add_tag,
      "org.remove_tag" => :remove_tag,
      "org.add_note" => :add_note,
      "org.remove_note" => :remove_note,
      "ops.request" => :ask_ops,
      "owner.remind" => :remind
    }.freeze

    # The other way round, for actions on orgs.
    HOST_NAMES = KINDS.reject { |name, _| name.start_with?("ticket.") }.invert.freeze

    module_function

    def instant(text)
      text && Time.iso8601(text).freeze
    end

    def date(text)
      text && Date.iso8601(text).freeze
    end

    # The kind of an action; one that a newer library has added keeps its name.
    def kind(name)
      KINDS.fetch(name) { name.to_sym }
    end

    # What documents call the kind of an action on an org.
    def host_name(kind)
      HOST_NAMES.fetch(kind) { kind.name }
    end

    def action(document)
      tag, text, key = document.values_at("tag", "text", "key")
      Action.new(do: kind(document["do"]), tag:, text:, key:)
    end

    def sla(document)
      document && Sla.new(rule: document["rule"],
                          targets: document["targets"].map { |one| target(one) }.freeze)
    end

    def target(document)
      Target.new(metric: document["metric"].to_sym, kind: document["kind"].to_sym,
                 calendar: document["calendar"], budget: document["seconds"],
                 due_at: instant(document["due_at"]))
    end

    def reason(document, sentence)
      facts = document.transform_keys(&:to_sym).slice(*Reason.members)
      Reason.new(decides: false, **facts, sentence:, code: facts[:code].to_sym,
                 at: instant(facts[:at]), date: date(facts[:date]))
    end
  end
  private_constant :Parts
end
