# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module OfferPolicy
  # A decision: immutable, with all that it needs. All threads may read it.
  #
  # Policy#decide and Store#decide make them. Their parts are read when they are asked for. Two
  # decisions are equal if they say the same in every part, reasons included.
  class Decision
    # In the order of their numbers in C.
    VERDICTS = (0...Native::VERDICT_COUNT).map { |index| Native.verdict_name(index).to_sym }.freeze
    SOURCES = (0...4).map { |index| Native.offering_source_name(index)&.to_sym }.freeze

    # What patterns can ask for.
    KEYS = %i[ticket org verdict offering offering_from priority level sla actions tag_actions
              reasons valid_until policy now created_at].freeze

    private_constant :VERDICTS, :SOURCES, :KEYS

    # The policy that decided.
    attr_reader :policy

    # @private Use Policy#decide or Store#decide.
    def initialize(native, policy)
      @native = native
      @policy = policy
      # What was made once; the object itself is frozen.
      @made = {}
      freeze
    end
    private_class_method :new

    # The answer in a word: +:unknown_org+, +:unsure+, +:entitled+, +:migration+, +:on_hold+,
    # +:upcoming+, +:migration_pending+, +:migration_refused+, +:migration_expired+,
    # +:migration_offer+, +:lapsed+ or +:unpaid+.
    def verdict
      VERDICTS[Native.decision_verdict(@native)]
    end

    # The support level.
    def level
      @policy.levels[Native.decision_level(@native)]
    end

    # The ticket's offering; nil if it could not be told.
    def offering
      index = Native.decision_offering(@native)
      @policy.offerings[index] unless index.negative?
    end

    # How the offering was told: +:explicit+, +:rule+ or +:patterns+; nil if it could not be.
    def offering_from
      SOURCES[Native.decision_offering_source(@native)]
    end

    # The ticket's priority, after the priority rules.
    def priority
      @policy.priorities[Native.decision_priority(@native)]
    end

    # The ticket's id.
    def ticket
      Native.decision_ticket(@native)
    end

    # The org's id; nil if there is none.
    def org
      Native.decision_org(@native)
    end

    # The instant that was decided for.
    def now
      Native.decision_now(@native)
    end

    # When the ticket was created, if that is known.
    def created_at
      Native.decision_created_at(@native)
    end

    # The earliest instant at which the answer may change by itself; nil: it does not.
    def valid_until
      Native.decision_valid_until(@native)
    end

    # The Actions that change tags, which come first among #actions.
    def tag_actions
      @policy.__send__(:tag_actions, Native.decision_actions(@native))
    end

    # What the host shall do, in this order, with the texts of replies and notes.
    def actions
      @made[:actions] ||=
        document["actions"].map { |action| Parts.action(action) }.freeze
    end

    # The SLA rule that holds, with its targets; nil: there is none.
    def sla
      @made[:sla] ||= Parts.sla(document["sla"])
    end

    # Why, in the order in which the decision was made; also what was passed over.
    def reasons
      @made[:reasons] ||= make_reasons.freeze
    end

    # The decision in words, for people: the answer, why, what to do now, and by when.
    #
    # Instants are shown in +time_zone+, a name such as "Europe/Amsterdam", or in the policy's zone;
    # +colour+ is for ANSI terminals; +verbose+ tells what was passed over, too.
    def explain(time_zone: nil, colour: false, verbose: false)
      zone = time_zone && @policy.__send__(:zone, time_zone)
      Native.decision_explain(@native, {
        zone: zone, colour: Arguments.flag("colour", colour),
        verbose: Arguments.flag("verbose", verbose)
      })
    end

    # The decision as one line of JSON, as all languages and the command write it.
    def to_json(*)
      Native.decision_write_json(@native)
    end

    # The same as a new Hash, with Strings as keys and instants as text.
    def to_h
      JSON.parse(to_json)
    end
    alias to_document to_h

    # What Rails makes JSON from.
    def as_json(*)
      to_h
    end

    def ==(other)
      equal?(other) || (other.is_a?(Decision) && to_json == other.to_json)
    end
    alias eql? ==

    def hash
      to_json.hash
    end

    # For patterns such as <tt>{verdict: :entitled, level:}</tt>.
    def deconstruct_keys(keys)
      (keys ? keys & KEYS : KEYS).to_h { |key| [key, public_send(key)] }
    end

    # For patterns such as <tt>[:entitled, offering, level]</tt>.
    def deconstruct
      [verdict, offering, level]
    end

    def inspect
      "#<#{self.class} ticket=#{ticket.inspect}, verdict=#{verdict.inspect}, " \
        "offering=#{offering.inspect}, level=#{level.inspect}>"
    end

    def marshal_dump
      raise TypeError, "a #{self.class} can't be dumped: dump its to_h or to_json"
    end

    private

    def document
      @made[:document] ||= JSON.parse(to_json, freeze: true)
    end

    def make_reasons
      index = 0
      document["reasons"].map do |found|
        # An entry may stand for several that were left out.
        more = found["more"]
        sentence = more ? nil : Native.decision_reason_sentence(@native, index).freeze
        index += more || 1
        Parts.reason(found, sentence)
      end
    end
  end
end
