# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Facts as Ruby has them: what can be read, what is refused and where, and hostile values.

require_relative "support"
require "bigdecimal"
require "delegate"
require "objspace"

class DecideCase < PolicyCase
  RequestError = OfferPolicy::RequestError

  # A value that converts itself to another one, and runs a block when it does.
  def converting(method, value, &block)
    Object.new.tap do |one|
      one.define_singleton_method(method) do
        block&.call
        value
      end
    end
  end

  # A time that runs a block when it is read.
  def changing(time = NOW - 18 * MINUTE, &block)
    converting(:to_time, time, &block).tap do |one|
      one.define_singleton_method(:acts_like_time?) { true }
    end
  end
end

class TestForms < DecideCase
  def decide(**parts)
    policy.decide(ticket: ticket, now: NOW, **facts, **parts)
  end

  def test_a_whole_request_or_parts
    whole = policy.decide(request)
    assert_equal(whole, decide)
    assert_equal(:entitled, whole.verdict)
  end

  def test_strings_and_symbols_as_keys
    texts = JSON.parse(JSON.generate(request))
    assert_equal(policy.decide(request), policy.decide(texts))
    mixed = {**request, "ticket" => texts["ticket"]}.tap { |one| one.delete(:ticket) }
    assert_equal(policy.decide(request), policy.decide(mixed))
    error = assert_refused(RequestError, "OFP-304") { policy.decide({**request, "now" => NOW}) }
    assert_equal("/now", error.pointer)
  end

  def test_a_whole_request_and_parts
    error = assert_raises(ArgumentError) { policy.decide(request, ticket: ticket) }
    assert_match(/not both/, error.message)
  end

  def test_now_for_a_request_that_names_none
    bare = request.except(:now)
    [NOW, "2026-11-20T18:00:00Z", "2026-11-20T19:00:00+01:00", NOW.to_datetime].each do |now|
      assert_equal(NOW, policy.decide(bare, now: now).now)
    end
    assert_refused(RequestError, "OFP-321") { policy.decide(bare) }
    assert_refused(RequestError) { policy.decide(bare, now: "yesterday") }
    assert_raises(TypeError) { policy.decide(bare, now: 5) }
  end

  def test_a_request_that_names_now_counts
    assert_equal(NOW, policy.decide(request, now: NOW + DAY).now)
  end

  def test_missing_parts_are_nil
    decision = policy.decide(ticket: ticket, now: NOW, org: nil, migrations: nil)
    assert_equal([:unknown_org, nil], [decision.verdict, decision.org])
  end

  def test_no_ticket
    assert_refused(RequestError, "OFP-306") { policy.decide(now: NOW) }
  end

  def test_hashes_of_any_kind
    plain = ticket(tags: ["sm_premium"])
    expected = decide(ticket: plain)
    subclass = Class.new(Hash)[plain]
    with_default = Hash.new { |_, key| raise key.to_s }.merge(plain)
    struct = Struct.new(*plain.keys, keyword_init: true).new(**plain)
    [subclass, with_default, converting(:to_hash, plain), SimpleDelegator.new(plain), struct.to_h,
     plain.dup.compare_by_identity].each do |one|
      assert_equal(expected, decide(ticket: one))
    end
  end

  def test_arrays_of_any_kind
    expected = decide(ticket: ticket(tags: %w[a b]))
    [%i[a b], Class.new(Array)[*%w[a b]], converting(:to_ary, %w[a b]), SimpleDelegator.new(%w[a b]),
     %w[a b].freeze].each { |tags| assert_equal(expected, decide(ticket: ticket(tags: tags))) }
  end

  def test_texts
    text = Class.new(String)
    bought = [{offering: text.new("self_managed"), text.new("level") => :premium}]
    assert_equal(decide, decide(entitlements: bought))
    assert_equal(decide, decide(entitlements: [{offering: converting(:to_str, "self_managed"), level: "premium"}]))
    assert_equal("Zürich ☃ 𝄞", decide(ticket: ticket("Zürich ☃ 𝄞")).ticket)
    assert_equal("a\0b", decide(ticket: ticket("a\0b")).ticket)
    assert_equal("", decide(ticket: ticket(subject: "")).reasons.first.sentence[0, 0])
  end

  def test_encodings
    expected = decide(ticket: ticket("Zürich"))
    %w[ISO-8859-1 UTF-16LE UTF-16 UTF-32BE Windows-1252].each do |encoding|
      decision = decide(ticket: ticket("Zürich".encode(encoding)))
      assert_equal(expected, decision)
      assert_equal(Encoding::UTF_8, decision.ticket.encoding)
    end
    assert_equal("plain", decide(ticket: ticket("plain".b)).ticket)
    assert_equal("plain", decide(ticket: ticket("plain".encode("US-ASCII"))).ticket)
  end

  def test_times
    expected = decide
    created = Time.utc(2026, 11, 20, 17, 42)
    [created, created + Rational(999_999, 1_000_000), created.getlocal("+01:00"), created.to_datetime,
     created.getlocal("-09:30").to_datetime, Class.new(Time).at(created), changing(created),
     created.getlocal("+01:00").iso8601].each do |one|
      assert_equal(expected, decide(ticket: ticket(created_at: one)), one.inspect)
    end
  end

  def test_a_time_that_clocks_show_twice
    [-7, -8].each do |hours|
      created = Time.new(2026, 11, 1, 1, 30, 0, hours * HOUR)
      assert_equal(created, decide(ticket: ticket(created_at: created)).created_at)
    end
  end

  def test_dates
    with_dates = facts(starts: Date.new(2026, 1, 15), ends: Date.new(2027, 1, 14))
    with_texts = facts(starts: "2026-01-15", ends: "2027-01-14")
    assert_equal(decide(**with_texts), decide(**with_dates))
    with_instant = facts(ends: Time.utc(2027, 1, 15, 8))
    assert_equal(decide(**with_texts).valid_until, decide(**with_instant).valid_until)
  end

  def test_nothing_is_changed
    whole = request(tags: ["a"])
    before = Marshal.dump(whole)
    policy.decide(whole)
    assert_equal(before, Marshal.dump(whole))
    frozen = Ractor.make_shareable(request(tags: ["a"]))
    assert_equal(policy.decide(whole), policy.decide(frozen))
  end
end

class TestRefusedRequests < DecideCase
  def refuse(code, pointer, message, whole)
    error = assert_refused(RequestError, code) { policy.decide(whole) }
    pointer.nil? ? assert_nil(error.pointer) : assert_equal(pointer, error.pointer)
    assert_match(message, error.diagnostic.message)
    assert_kind_of(ArgumentError, error)
    error
  end

  def test_every_wrong_request_of_the_cases
    count = 0
    read_lines(CASES / "requests/wrong.ndjson").each do |wrong|
      # Mistakes of JSON texts, which values can't have.
      next if %w[OFP-301 OFP-302 OFP-303 OFP-304].include?(wrong["code"])

      document = JSON.parse(wrong["request"])
      next if document.nil? # not given, in Ruby

      error = assert_refused(RequestError, wrong["code"]) { policy.decide(document) }
      assert_equal([wrong["pointer"], wrong["message"]], [error.pointer, error.diagnostic.message])
      count += 1
    end
    assert_operator(count, :>, 100)
  end

  def test_unknown_names_with_the_nearest
    error = refuse("OFP-308", "/ticket/priority", /did you mean "high"/, request(priority: "hihg"))
    assert_equal('/ticket/priority: unknown priority "hihg": did you mean "high"? [OFP-308]', error.message)
  end

  def test_times_out_of_range
    [1, 1969, 2201, 9999].each do |year|
      refuse("OFP-313", "/ticket/created_at", /#{year}/, request(created_at: Time.utc(year, 6)))
    end
  end

  def test_a_date_where_an_instant_belongs
    refuse("OFP-310", "/ticket/created_at", /2026-11-20/, request(created_at: Date.new(2026, 11, 20)))
  end

  def test_values_that_no_document_has
    {
      Object.new => /class Object can't/, (1..2) => /class Range/, Struct.new(:a).new(1) => /class without a name/,
      1.5 => /a number that is not whole/, 2**70 => /too large/, 2**62 => /too large|number/,
      Float::NAN => /a number that is not whole/, 1i => /number/, 3r => /number/,
      BigDecimal("1.5") => /number/, Comparable => /class Module/, :a.to_proc => /class Proc/
    }.each do |value, message|
      refuse("OFP-307", "/ticket/subject", message, request(subject: value))
    end
  end

  def test_a_value_without_any_methods
    assert_refused(RequestError, "OFP-307") { policy.decide(request(subject: BasicObject.new)) }
  end

  def test_a_class_with_a_strange_name
    strange = Class.new
    strange.define_singleton_method(:name) { raise "not asked" }
    refuse("OFP-307", "/ticket/subject", /a value of the class without a name/, request(subject: strange.new))
  end

  def test_keys_that_are_no_text
    refuse("OFP-305", "/1", /unknown key "1"/, {1 => 2})
    refuse("OFP-305", "/ticket/nil", /known here: id/, {ticket: {nil => "1"}})
    form = Object.new
    form.define_singleton_method(:inspect) { "form" }
    refuse("OFP-307", "/ticket/fields/form", /a key must be a String or Symbol in UTF-8, not of the class Object/,
           request(fields: {form => 1}))
  end

  def test_texts_that_are_no_characters
    refuse("OFP-316", "/ticket/subject", /UTF-8/, request(subject: "\xff"))
    refuse("OFP-316", "/ticket/subject", /give it its encoding/, request(subject: "ü".b))
    refuse("OFP-316", "/ticket/subject", /UTF-8/, request(subject: "\x81".dup.force_encoding("Shift_JIS")))
    refuse("OFP-305", '/ticket/"\xC3\xBC"', /unknown key/, {ticket: {"ü".b => 1}})
    refuse("OFP-305", "/ticket/\u{FFFD}", /unknown key/, {ticket: {"\xff" => 1}})
  end

  def test_documents_of_a_wrong_type
    [[], "x", :x, 1, true, false, 1.5, Object.new, NOW].each do |whole|
      assert_refused(RequestError, "OFP-307") { policy.decide(whole) }
    end
  end

  def test_endless_documents
    endless = {}
    endless[:ticket] = endless
    refuse("OFP-305", "/ticket/ticket", /unknown key/, endless)
    nested = []
    nested << nested
    refuse("OFP-307", "/entitlements/0", /expected an object/, {entitlements: nested})
    turning = Object.new
    turning.define_singleton_method(:to_hash) { {ticket: self} }
    refuse("OFP-305", "/ticket/ticket", /unknown key/, turning)
  end
end

# Values that run code while they are read.
class TestHostile < DecideCase
  def test_a_hash_that_decides
    inner = []
    curious = ->(value) { converting(:to_hash, value) { inner << policy.decide(request("inner")).to_json } }
    whole = request("outer")
    whole[:ticket] = curious[whole[:ticket]]
    whole[:org] = curious[whole[:org]]
    whole[:entitlements].map!(&curious)
    assert_equal(policy.decide(request("outer")), policy.decide(whole))
    assert_equal([policy.decide(request("inner")).to_json] * 3, inner)
  end

  def deep(id, left)
    converting(:to_hash, request(id)) { policy.decide(deep("inner", left - 1)) if left.positive? }
  end

  def test_deep_recursion
    assert_equal("x", policy.decide(deep("x", 50)).ticket)
    assert_raises(SystemStackError) { policy.decide(deep("x", 10**6)) }
    assert_equal("x", policy.decide(deep("x", 50)).ticket)
  end

  def test_exceptions_go_through
    [ZeroDivisionError.new("1"), Interrupt.new, NoMemoryError.new, SystemExit.new(3)].each do |error|
      raised = assert_raises(error.class) { policy.decide({ticket: converting(:to_hash, {}) { raise error }}) }
      assert_same(error, raised)
    end
    assert_equal(:entitled, policy.decide(request).verdict)
  end

  def test_other_ways_out
    thrown = catch(:out) { policy.decide({ticket: converting(:to_hash, {}) { throw :out, :thrown }}) }
    assert_equal(:thrown, thrown)
    thread = Thread.new { policy.decide({ticket: converting(:to_hash, {}) { Thread.exit }}) }
    assert_nil(thread.value)
    assert_equal(:entitled, policy.decide(request).verdict)
  end

  def test_a_fiber_that_waits_and_one_that_is_left
    fiber = Fiber.new { policy.decide({**request, ticket: converting(:to_hash, ticket) { Fiber.yield }}) }
    fiber.resume
    assert_equal("other", policy.decide(request("other")).ticket)
    assert_equal("4711", fiber.resume.ticket)
    Fiber.new { policy.decide({ticket: converting(:to_hash, {}) { Fiber.yield }}) }.resume
    GC.start
    assert_equal(:entitled, policy.decide(request).verdict)
  end

  def test_conversions_that_lie
    %i[to_hash to_ary to_str].each do |method|
      [5, Object.new].each do |wrong|
        assert_raises(TypeError) { policy.decide({ticket: converting(method, wrong)}) }
      end
      assert_refused(RequestError, "OFP-307") { policy.decide({ticket: converting(method, nil)}) }
    end
    [5, nil, "now"].each do |wrong|
      assert_raises(TypeError) { policy.decide(request(created_at: changing(wrong))) }
    end
  end

  def test_a_hash_that_is_emptied
    whole = request
    whole[:ticket] = {subject: "s" * 200, created_at: changing { whole[:ticket].clear }, id: "x" * 50}
    assert_refused(RequestError, "OFP-306") { policy.decide(whole) }
  end

  def test_a_hash_that_grows
    whole = request
    whole[:ticket] = {created_at: changing { whole[:ticket]["more"] = 1 }, id: "1"}
    assert_raises(RuntimeError) { policy.decide(whole) }
    assert_equal(:entitled, policy.decide(request).verdict)
  end

  def test_texts_that_are_let_go
    whole = request(+"47" << "11", tags: Array.new(100) { |n| "a#{n}" })
    whole[:ticket][:created_at] = changing do
      whole[:ticket][:id].replace("another " * 100)
      whole[:ticket][:tags].each { |tag| tag << "z" * 1000 }.clear
      whole[:org].clear
      whole[:entitlements].clear
      GC.start
    end
    decision = policy.decide(whole.slice(:now, :org, :entitlements, :ticket))
    assert_equal(%w[acme 4711], [decision.org, decision.ticket])
  end

  def test_arrays_that_change
    bought = Array.new(20) { {offering: "self_managed", level: "premium"} }
    bought[3][:starts] = changing { bought.clear }
    assert_equal(:entitled, policy.decide({**request, entitlements: bought}).verdict)
    bought = [{offering: "self_managed", level: "premium"}]
    bought[0][:starts] = changing { bought << bought[0] }
    assert_refused(RequestError, "OFP-317") { policy.decide({**request, entitlements: bought}) }
  end

  def test_the_policy_goes_while_it_decides
    holder = [contract_policy]
    whole = request(created_at: changing { holder.clear; GC.start })
    assert_equal("northwind-support", holder[0].decide(whole).policy.name)
  end

  def test_nothing_is_kept
    kept = Class.new(String)
    decision = policy.decide(request(tags: [kept.new("a tag")]))
    assert_raises(RequestError) { policy.decide(request(tags: [kept.new("a tag"), 1])) }
    1000.times { policy.decide(request) }
    GC.start
    assert_operator(ObjectSpace.each_object(kept).count, :<=, 1)
    assert_equal("4711", decision.ticket)
  end
end

class TestMany < DecideCase
  def test_so_many_that_the_policy_is_prepared
    texts = ["cloud.northwind.example", "we run northwind-ctl", "nothing that tells"]
    requests = Array.new(600) do |number|
      ticket = {id: number.to_s, subject: texts[number % 3], created_at: NOW}
      {now: NOW, ticket: ticket}
    end
    expected = requests.map { |one| policy.decide(one).to_json }
    assert_equal(expected, policy.decide_many(requests).map(&:to_json))
    assert_nil(policy.prepare)
    assert_equal(expected, requests.map { |one| policy.decide(one).to_json })
  end

  def test_lazily_and_in_order
    taken = []
    requests = Enumerator.new { |out| 5.times { |number| out << request((taken << number).last.to_s) } }
    decisions = policy.decide_many(requests)
    assert_empty(taken)
    assert_equal("0", decisions.next.ticket)
    assert_equal([0], taken)
    assert_equal(%w[0 1 2 3 4], decisions.map(&:ticket))
    assert_equal(%w[0 1], decisions.lazy.map(&:ticket).first(2))
  end

  def test_with_a_block
    seen = []
    assert_same(policy, policy.decide_many([request("1"), request("2")]) { |one| seen << one.ticket })
    assert_equal(%w[1 2], seen)
  end

  def test_mistakes
    requests = [request("1"), request(""), request("3")]
    decisions = policy.decide_many(requests)
    assert_equal("1", decisions.next.ticket)
    assert_raises(RequestError) { decisions.next }
    found = policy.decide_many(requests, errors: :return).to_a
    assert_equal([OfferPolicy::Decision, RequestError, OfferPolicy::Decision], found.map(&:class))
    assert_equal("OFP-309", found[1].code)
  end

  def test_now_for_all
    bare = request.except(:now)
    assert_equal([NOW, NOW], policy.decide_many([bare, bare], now: NOW).map(&:now))
  end

  def test_wrong_arguments_are_told_at_once
    assert_raises(TypeError) { policy.decide_many(5) }
    assert_match(/errors/, assert_raises(ArgumentError) { policy.decide_many([], errors: :ignore) }.message)
  end
end
