# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Decisions: their parts, and how they behave as Ruby values.

require_relative "support"

class TestParts < PolicyCase
  def setup
    @offer = policy.decide({
      **request(offering: "saas", priority: "high", tags: ["sm_premium"]),
      **facts(ends: "2027-01-14")
    })
  end

  def test_single_ones
    assert_equal(:migration_offer, @offer.verdict)
    assert_equal(%w[4711 acme], [@offer.ticket, @offer.org])
    assert_equal(%w[saas premium high], [@offer.offering, @offer.level, @offer.priority])
    assert_equal(:explicit, @offer.offering_from)
    assert_equal(NOW, @offer.now)
    assert_equal(instant("2026-11-20T17:42:00Z"), @offer.created_at)
    assert_equal(instant("2027-01-15T08:00:00Z"), @offer.valid_until)
    assert_same(policy, @offer.policy)
    [@offer.now, @offer.created_at, @offer.valid_until].each { |time| assert_predicate(time, :utc?) }
  end

  def test_what_is_not_known
    unsure = policy.decide(now: NOW, ticket: {id: "1", created_at: NOW}, org: {id: "acme"})
    assert_equal([nil] * 4, [unsure.offering, unsure.offering_from, unsure.valid_until, unsure.sla])
  end

  def test_actions
    assert_equal(%i[add_tag public_reply internal_note], @offer.actions.map(&:do))
    tag, reply, note = @offer.actions
    assert_equal(OfferPolicy::Action.new(do: :add_tag, tag: "focus_saas"), tag)
    assert_predicate(tag, :tag?)
    refute_predicate(reply, :tag?)
    assert_includes(reply.text, "Northwind Cloud")
    assert_match(/\Av1:[0-9a-f]{32}\z/, note.key)
    assert_equal([tag], @offer.tag_actions)
    assert_same(@offer.actions, @offer.actions)
  end

  def test_tags_to_remove
    decision = policy.decide(request(tags: %w[saas_premium focus_saas]))
    assert_equal(
      [[:remove_tag, "saas_premium"], [:remove_tag, "focus_saas"], [:add_tag, "sm_premium"],
       [:add_tag, "focus_self_managed"]],
      decision.tag_actions.map { |one| [one.do, one.tag] }
    )
  end

  def test_sla
    sla = @offer.sla
    first, following = sla.targets
    assert_equal("priority", sla.rule)
    assert_equal([:first_reply, :sla], [first.metric, first.kind])
    assert_equal(["business", 4 * HOUR], [first.calendar, first.budget])
    assert_equal(instant("2026-11-20T21:42:00Z"), first.due_at)
    assert_same(first, sla.target(:first_reply))
    assert_same(following, sla.target("next_reply"))
    assert_nil(following.due_at)
    assert_nil(sla.target(:resolution))
  end

  def test_reasons
    reasons = @offer.reasons.to_h { |one| [one.code, one] }
    held = reasons[:entitlement_active]
    assert_predicate(held, :decides?)
    assert_equal([0, "self_managed", "premium"], [held.entitlement, held.offering, held.level])
    assert_equal(instant("2027-01-15T08:00:00Z"), held.at)
    assert_includes(held.sentence, "premium")
    refute_predicate(reasons[:sla_rule_failed], :decides?)
    assert_equal("level", reasons[:sla_rule_failed].condition)
    assert_same(@offer.reasons, @offer.reasons)
  end

  def test_reasons_that_are_too_many
    rules = Array.new(40) do |n|
      "  - {id: never-#{n}, when: {form: billing}, targets: {first_reply: " \
        "{kind: sla, calendar: always, within: #{n + 1}h}}}\n"
    end
    text = CONTRACT.read.sub("sla:\n") { |found| found + rules.join }
    bought = {offering: "self_managed", level: "premium", ends: "2025-01-01"}
    decision = OfferPolicy::Policy.parse(text).decide({**request, entitlements: [bought]})
    more = decision.reasons.select(&:more)
    refute_empty(more)
    more.each { |one| assert_nil(one.sentence) }
    assert_match(/\S/, decision.reasons.last.sentence)
  end

  def test_explaining
    words = @offer.explain
    assert_includes(words, "Northwind Cloud")
    assert_includes(words, "America/Los_Angeles")
    assert_includes(@offer.explain(time_zone: "Europe/Amsterdam"), "CET")
    assert_includes(@offer.explain(colour: true), "\e[")
    assert_operator(@offer.explain(verbose: true).size, :>, words.size)
    assert_equal(Encoding::UTF_8, words.encoding)
    error = assert_raises(OfferPolicy::ZoneError) { @offer.explain(time_zone: "Europe/Amsterdm") }
    assert_kind_of(KeyError, error)
    assert_raises(TypeError) { @offer.explain(colour: 1) }
    assert_raises(TypeError) { @offer.explain(time_zone: 1) }
  end

  def test_documents
    document = @offer.to_h
    assert_equal("migration_offer", document["verdict"])
    assert_equal(@offer.to_json, JSON.generate(document))
    assert_equal("[#{@offer.to_json}]", JSON.generate([@offer]))
    assert_equal(%({"decision":#{@offer.to_json}}), {decision: @offer}.to_json)
    assert_equal(document, @offer.as_json)
    document.clear
    refute_empty(@offer.to_h)
    assert_equal(3, @offer.actions.size)
  end
end

class TestDecisionValues < PolicyCase
  def test_equality
    one, same = policy.decide(request), policy.decide(request)
    assert_equal(one, same)
    assert(one.eql?(same))
    assert_equal(one.hash, same.hash)
    assert_equal(1, {one => 1, same => 2}.size)
    refute_equal(one, policy.decide(request("2")))
    refute_equal(one, one.to_json)
    assert_equal(one, contract_policy.decide(request))
  end

  def test_matching
    decision = policy.decide(request)
    case decision
    in {verdict: :entitled, level: "premium" => level, tag_actions: [{do: :add_tag, tag:}, *]}
      assert_equal(%w[premium sm_premium], [level, tag])
    end
    case decision
    in [:entitled, offering, level]
      assert_equal(%w[self_managed premium], [offering, level])
    end
    assert_equal({verdict: :entitled}, decision.deconstruct_keys(%i[verdict nothing]))
    assert_equal("4711", decision.deconstruct_keys(nil)[:ticket])
    case decision.actions.first
    in OfferPolicy::Action[do: :add_tag, tag: String => tag]
      assert_equal("sm_premium", tag)
    end
  end

  def test_inspect
    assert_equal(
      '#<OfferPolicy::Decision ticket="4711", verdict=:entitled, offering="self_managed", level="premium">',
      policy.decide(request).inspect
    )
  end

  def test_nothing_can_be_changed
    decision = policy.decide(request)
    assert_predicate(decision, :frozen?)
    values = [*decision.actions, decision.sla, *decision.sla.targets, *decision.reasons]
    values.each do |value|
      assert_kind_of(Struct, value)
      assert_predicate(value, :frozen?)
      assert_raises(FrozenError) { value[0] = "x" }
      value.to_a.compact.each { |member| assert_predicate(member, :frozen?, value.inspect) }
    end
    [decision.actions, decision.tag_actions, decision.reasons, decision.sla.targets, decision.ticket,
     decision.org, decision.level].each { |part| assert_predicate(part, :frozen?) }
  end

  def test_values_are_made_by_keywords
    assert_raises(ArgumentError) { OfferPolicy::Action.new(:add_tag, "x") }
    assert_raises(ArgumentError) { OfferPolicy::Action.new(what: 1) }
    assert_equal({do: :add_tag, tag: "x", text: nil, key: nil},
                 OfferPolicy::Action.new(do: :add_tag, tag: "x").to_h)
  end

  def test_copies
    decision = policy.decide(request)
    [decision, policy, policy.calendar("business")].each do |value|
      assert_equal(value.inspect, value.dup.inspect)
      assert_match(/can't be dumped/, assert_raises(TypeError) { Marshal.dump(value) }.message)
    end
    assert_equal(decision, decision.dup)
    assert_equal(decision.level, decision.clone.level)
    assert_equal(decision.actions, Marshal.load(Marshal.dump(decision.actions)))
  end
end
