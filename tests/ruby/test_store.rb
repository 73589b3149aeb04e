# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Stores: opening them, steps, lists, actions, and deciding. The scenarios play the rest.

require_relative "support"

class TestOpening < StoreCase
  Store = OfferPolicy::Store
  Misuse = OfferPolicy::Misuse

  def test_paths_of_any_kind
    [path, path.to_s, path.to_s.b].each do |one|
      Store.open(one) do |store|
        assert_equal(1, store.stats(at: NOW).events)
        assert_equal(path.to_s, store.path)
      end
    end
  end

  def test_a_new_one_is_private
    assert_equal(0o600, path.stat.mode & 0o777)
    event, *more = store.events.to_a
    assert_empty(more)
    assert_equal([:create, NOW, nil], [event.kind, event.at, event.migration])
  end

  def test_with_a_block
    kept = nil
    value = Store.open(path, policy) { |store| (kept = store).stats(at: NOW).events }
    assert_equal(1, value)
    assert_predicate(kept, :closed?)
    assert_raises(ZeroDivisionError) { Store.open(path) { |store| (kept = store) && 1 / 0 } }
    assert_predicate(kept, :closed?)
  end

  def test_closing
    refute_predicate(store, :closed?)
    assert_nil(store.close)
    assert_predicate(store, :closed?)
    assert_nil(store.close)
    [-> { store.stats(at: NOW) }, -> { request_migration }, -> { store.expire(at: NOW) },
     -> { store.decide(request) }, -> { store.events.first }].each do |use|
      assert_match(/the store is closed/, assert_raises(Misuse, &use).message)
    end
    assert_includes(store.inspect, "(closed)")
  end

  # It can't: C has the store in its hands.
  def test_an_argument_that_asks_the_store_or_closes_it
    [-> { store.stats(at: NOW) }, -> { store.close }].each do |use|
      curious = Object.new
      curious.define_singleton_method(:to_str) { use.call && "acme" }
      assert_match(/that it is for/, assert_raises(Misuse) { store.events(org: curious).to_a }.message)
    end
    assert_equal(1, store.stats(at: NOW).events)
  end

  def test_a_list_of_a_closed_store
    request_migration
    actions = store.pending_actions(at: NOW)
    assert_equal(:ask_ops, actions.next.do)
    store.close
    assert_raises(Misuse) { actions.next }
  end

  def test_no_file
    assert_refused(OfferPolicy::FileError, "OFP-401") { Store.open(folder / "none.db") }
  end

  def test_no_store
    (folder / "other.db").write("nothing of ours" * 100)
    assert_raises(OfferPolicy::BadStore) { Store.open(folder / "other.db") }
  end

  def test_creating_needs_the_time
    assert_match(/needs at/, assert_raises(ArgumentError) { Store.open(folder / "new.db", mode: :create) }.message)
  end

  def test_reading_only
    request_migration
    @store = open_store(mode: "read")
    assert_equal(1, store.migrations(at: NOW).count)
    assert_kind_of(IOError, assert_raises(OfferPolicy::StoreReadOnly) { approve })
  end

  def test_wrong_arguments
    {
      {mode: :append} => ArgumentError, {mode: 1} => TypeError, {busy: "5"} => TypeError,
      {busy: -1} => RangeError, {busy: Float::NAN} => RangeError, {log: 1} => TypeError,
      {at: "now"} => TypeError, {nothing: 1} => ArgumentError
    }.each { |options, kind| assert_raises(kind, options.inspect) { Store.open(path, **options) } }
    assert_raises(TypeError) { Store.open(path, "policy.yaml") }
    assert_raises(NoMethodError) { Store.new }
  end

  def test_busy
    while_locked do
      [0, 0.05, Rational(1, 20)].each do |busy|
        store = open_store(busy: busy)
        began = Process.clock_gettime(Process::CLOCK_MONOTONIC)
        assert_refused(OfferPolicy::StoreBusy, "OFP-406") { store.ack("v1:none", at: NOW) }
        assert_operator(Process.clock_gettime(Process::CLOCK_MONOTONIC) - began, :<, 4.5)
      end
    end
  end

  def test_a_store_is_no_value
    [-> { store.dup }, -> { store.clone }, -> { Marshal.dump(store) }].each do |use|
      assert_match(/open another one/, assert_raises(TypeError, &use).message)
    end
  end

  def test_what_every_object_has
    mark = Module.new { def marked; end }
    assert_same(store, store.extend(mark))
    assert_respond_to(store, :marked)
    assert_raises(ArgumentError) { store.extend("M-1", "M-2") }
    assert_raises(ArgumentError) { store.extend("M-1") }
  end

  def test_policies
    Store.open(path) do |store|
      assert_nil(store.policy)
      [-> { store.approve("M-1", actor: "mira", at: NOW) }, -> { store.expire(at: NOW) },
       -> { store.decide(request) }].each do |use|
        assert_match(/without a policy/, assert_raises(Misuse, &use).message)
      end
      store.policy = policy
      assert_equal(:entitled, store.decide(request).verdict)
      assert_raises(TypeError) { store.policy = "policy.yaml" }
      assert_same(policy, store.policy)
    end
  end
end

class TestSteps < StoreCase
  MANAGER = {actor: "mira", role: "support_manager"}.freeze

  def test_a_request
    result = request_migration(reason: "order 8812", evidence: "https://sales.example/8812")
    migration = result.migration
    assert_equal(["M-1", "acme", "Acme Rockets"], [migration.id, migration.org, migration.org_name])
    assert_equal(%w[self_managed premium saas premium],
                 [migration.from, migration.from_level, migration.to, migration.level])
    assert_equal(%i[requested open], [migration.status, migration.state])
    assert_equal(Date.new(2026, 12, 31), migration.target_date)
    assert_equal(instant("2027-01-01T08:00:00Z"), migration.ends_at)
    assert_equal(["dana", NOW], [migration.requested_by, migration.requested_at])
    assert_equal(["order 8812", 1], [migration.reason, migration.revision])
    assert_equal([migration, :request], [result.event.migration, result.event.kind])
    refute_predicate(result, :repeated?)
    action, *more = result.actions
    assert_empty(more)
    assert_equal(%i[ask_ops pending], [action.do, action.state])
    assert_includes(action.text, "Northwind Cloud")
  end

  def test_the_whole_life
    request_migration
    approved = approve
    assert_equal([:live, "northwind-support"], [approved.migration.state, approved.migration.policy.name])
    assert_equal([[:add_tag, "saas_premium"], [:add_note, nil]], approved.actions.map { |one| [one.do, one.tag] })
    extended = store.extend(approved.migration, target_date: Date.new(2027, 1, 31), at: NOW + DAY, **MANAGER)
    assert_equal([Date.new(2026, 12, 31), 1], [extended.event.previous_date, extended.migration.extensions])
    done = store.complete("M-1", outcome: :reached, actor: "dana", at: NOW + 2 * DAY, facts: facts,
                                 reason: "bought")
    assert_equal([:reached, "dana"], [done.migration.outcome, done.migration.closed_by])
  end

  def test_other_ways_out
    request_migration
    assert_equal(:refused, store.refuse("M-1", at: NOW + HOUR, **MANAGER).migration.state)
    request_migration(at: NOW + 2 * HOUR)
    assert_equal(:cancelled, store.cancel("M-2", actor: "dana", at: NOW + 3 * HOUR).migration.state)
    request_migration(org: "globex")
    approve("M-3")
    ended = store.end("M-3", at: NOW + DAY, facts: [facts("globex")], **MANAGER)
    assert_equal(:ended, ended.migration.state)
  end

  def test_refusals
    request_migration
    assert_refused(OfferPolicy::NotAllowed, "OFP-504") { approve(actor: "dana", role: "support_engineer") }
    assert_raises(OfferPolicy::NotFound) { approve("M-9") }
    assert_raises(OfferPolicy::Conflict) { approve(if_revision: 7) }
    assert_refused(OfferPolicy::RequestError, "OFP-517") { request_migration_to("sass") }
  end

  def request_migration_to(offering)
    store.request(org: "globex", from: "self_managed", to: offering, level: "premium", owner: "dana",
                  target_date: Date.new(2026, 12, 31), facts: facts("globex"), actor: "dana", at: NOW)
  end

  def test_repeats
    first = request_migration(key: "ticket 4711")
    again = request_migration(key: "ticket 4711", at: NOW + HOUR)
    assert_predicate(again, :repeated?)
    assert_equal([first.migration, first.event], [again.migration, again.event])
    assert_refused(OfferPolicy::Conflict, "OFP-511") { request_migration(key: "ticket 4711", reason: "other") }
  end

  def test_a_record_stands_for_its_id
    assert_equal("M-1", approve(request_migration.migration).migration.id)
  end

  def test_facts
    one = facts
    [one, [one], [facts("globex"), one].each, [one].to_set].each_with_index do |form, number|
      result = store.request(org: "acme", from: "self_managed", to: "saas", level: "premium",
                             target_date: Date.new(2026, 12, 31), owner: "dana", facts: form,
                             actor: "dana", at: NOW, key: number.to_s)
      store.cancel(result.migration, actor: "dana", at: NOW)
    end
  end

  def test_wrong_facts
    {
      {} => "OFP-306", [{org: nil}] => "OFP-307", [5] => "OFP-307",
      {org: {id: "acme"}, entitlements: [{offering: "x"}]} => "OFP-308"
    }.each do |wrong, code|
      assert_refused(OfferPolicy::RequestError, code) { store.expire(at: NOW, facts: wrong) }
    end
    assert_raises(TypeError) { store.expire(at: NOW, facts: 5) }
    assert_equal([], store.expire(at: NOW, facts: []))
  end

  def test_words
    live
    error = assert_raises(ArgumentError) { store.complete("M-1", outcome: :yes, actor: "dana", at: NOW + DAY) }
    assert_match(/:reached, :not_reached/, error.message)
  end

  def test_symbols_as_texts
    assert_equal("acme", request_migration(org: :acme).migration.org)
    assert_equal(:live, approve(:"M-1", actor: :mira).migration.state)
  end

  def test_nothing_is_written_by_a_failure
    before = store.audit_head
    step = {org: "acme", from: "self_managed", to: "saas", level: "premium", owner: "dana", facts: facts,
            target_date: Date.new(2026, 12, 31), actor: "dana", at: NOW}
    [{target_date: NOW}, {at: "now"}, {level: "free"}, {owner: 5}, {org: nil}].each do |wrong|
      assert_raises(TypeError, ArgumentError, OfferPolicy::NotAllowed, wrong.inspect) { store.request(**step, **wrong) }
    end
    assert_equal(before, store.audit_head)
  end
end

class TestSweeps < StoreCase
  LATER = Time.utc(2027, 1, 2).freeze

  def test_ends
    live
    request_migration(org: "globex")
    assert_equal([], store.expire(at: NOW + DAY))
    found = store.expire(at: LATER)
    assert_equal(%i[ended missed], found.map { |one| one.event.migration.state })
    assert_equal(%i[expire expire], found.map { |one| one.event.kind })
    assert_equal(%i[remove_note remove_tag], found[0].actions.map(&:do))
    assert_equal(OfferPolicy::Entitlement.new(offering: "saas", level: "premium"),
                 found[0].actions[1].unless_entitled)
    assert_equal([], found[1].actions)
    assert_equal([], store.expire(at: LATER))
  end

  def test_with_facts
    live
    assert_nil(store.expire(at: LATER, facts: [facts])[0].actions[1].unless_entitled)
  end

  def test_more_than_one_call_sweeps
    510.times { |number| request_migration(org: "org-#{number}") }
    assert_equal(510, store.expire(at: LATER).map { |one| one.event.migration.id }.uniq.size)
  end
end

class TestLists < StoreCase
  def test_find
    live
    found = store.find("M-1", at: NOW + DAY)
    assert_equal([:live, %i[request approve], 3],
                 [found.migration.state, found.events.map(&:kind), found.actions.size])
    assert_equal(:ended, store.find("M-1", at: NOW + 90 * DAY).migration.state)
    assert_kind_of(KeyError, assert_raises(OfferPolicy::NotFound) { store.find("M-2", at: NOW) })
  end

  def test_migrations
    live
    request_migration(org: "globex")
    {
      {} => %w[M-1 M-2], {state: :live} => %w[M-1], {state: "open"} => %w[M-2],
      {org: "globex"} => %w[M-2], {ends_before: NOW} => []
    }.each { |filter, ids| assert_equal(ids, store.migrations(at: NOW + DAY, **filter).map(&:id)) }
    error = assert_raises(ArgumentError) { store.migrations(at: NOW, state: :any).first }
    assert_match(/:open.*:missed/, error.message)
  end

  def test_pages
    1001.times { |number| request_migration(org: "org-#{number}") }
    assert_equal((1..1001).map { |n| "M-#{n}" }, store.migrations(at: NOW).map(&:id))
    assert_equal((1..1002).to_a, store.events.map(&:seq))
    events = store.events
    assert_equal([1, 2], [events.next.seq, events.next.seq])
    assert_equal([1, 2, 3], store.events.lazy.map(&:seq).first(3))
  end

  def test_with_a_block
    live
    seen = []
    assert_same(store, store.events { |one| seen << one.seq })
    assert_same(store, store.migrations(at: NOW) { |one| seen << one.id })
    assert_same(store, store.pending_actions(at: NOW + DAY) { |one| seen << one.do })
    assert_equal([1, 2, 3, "M-1", :ask_ops, :add_tag, :add_note], seen)
    assert_equal(:left, store.events { break :left })
  end

  def test_a_list_that_is_looked_at_while_the_store_changes
    live
    store.events { |one| request_migration(org: "globex") if one.seq == 1 }
    assert_equal(4, store.events.count)
  end

  def test_events
    live
    assert_equal([2, 3], store.events(migration: "M-1").map(&:seq))
    assert_empty(store.events(org: "globex").to_a)
    approval, *more = store.events(since: NOW + HOUR).to_a
    assert_empty(more)
    assert_equal(%w[mira support_manager], [approval.actor, approval.role])
    assert_equal(store.audit_head, approval.sha256)
    assert_equal(approval.sha256, approval.to_document["hash"])
    assert_equal(1, {approval => 1, store.events.to_a.last => 2}.size)
  end

  def test_wrong_filters
    assert_raises(TypeError) { store.events(since: "yesterday").first }
    assert_raises(TypeError) { store.events(org: 5).first }
    assert_raises(ArgumentError) { store.migrations }
  end

  def test_stats
    live
    stats = store.stats(at: NOW)
    assert_equal([1, 1, 3, NOW], [stats.migrations, stats.live, stats.events, stats.oldest_pending])
    assert_equal("2026-11-20T18:00:00Z", stats.to_document["oldest_pending"])
  end

  def test_records_match
    live
    case store.find("M-1", at: NOW + DAY)
    in {migration: {state: :live, org:}, actions: [{do: :ask_ops}, {do: :add_tag, tag:}, *]}
      assert_equal(%w[acme saas_premium], [org, tag])
    end
  end
end

class TestActions < StoreCase
  def test_the_loop
    live
    done = store.pending_actions(at: NOW + DAY).map do |action|
      store.ack(action, at: NOW + DAY)
      action.do
    end
    assert_equal(%i[ask_ops add_tag add_note], done)
    assert_empty(store.pending_actions(at: NOW + DAY).to_a)
    assert_equal([:done], store.find("M-1", at: NOW + DAY).actions.map(&:state).uniq)
  end

  def test_what_follows_a_failed_one_waits_with_it
    live
    request_migration(org: "globex")
    seen = store.pending_actions(at: NOW + DAY).map { |action| carry_out(action) }
    assert_equal(%w[M-1 M-2], seen)
    again = store.pending_actions(at: NOW + DAY + 10 * MINUTE).to_a
    assert_equal(["M-1"] * 3, again.map(&:migration))
    assert_equal([1, "503 Unavailable"], [again[0].attempts, again[0].problem])
  end

  # Fails for the first migration.
  def carry_out(action)
    if action.migration == "M-1"
      store.fail(action, at: NOW + DAY, retry_after: 10 * MINUTE, problem: "503 Unavailable")
    else
      store.ack(action.key, at: NOW + DAY)
    end
    action.migration
  end

  def test_unknown_keys
    assert_refused(OfferPolicy::NotFound, "OFP-502") { store.ack("v1:x", at: NOW) }
    assert_refused(OfferPolicy::NotFound, "OFP-502") { store.fail("v1:x", at: NOW, retry_after: 0) }
  end

  def test_notes
    notes = OfferPolicy.add_note("Call Ann.\n", "M-1", "Acme is moving.")
    assert_equal("Call Ann.\n[migration M-1]\nAcme is moving.\n[end of migration M-1]\n", notes)
    assert_equal(1, OfferPolicy.add_note(notes, "M-1", "x").scan("[migration M-1]").size)
    assert_equal("Call Ann.\n", OfferPolicy.remove_note(notes, "M-1"))
    assert_equal("", OfferPolicy.remove_note("", "M-1"))
    [[nil, "M-1"], ["", nil], [5, "M-1"]].each do |wrong|
      assert_raises(TypeError) { OfferPolicy.remove_note(*wrong) }
    end
  end
end

class TestDeciding < StoreCase
  def test_with_what_was_promised
    about = request(offering: "saas")
    assert_equal(:migration_offer, store.decide(about).verdict)
    request_migration
    assert_equal(:migration_pending, store.decide(about).verdict)
    approve
    later = {**about, now: NOW + 2 * HOUR}
    decision = store.decide(later)
    assert_equal([:migration, "premium"], [decision.verdict, decision.level])
    assert_same(policy, decision.policy)
    assert_equal(decision, store.decide(**later))
    assert_equal([decision, decision], store.decide_many([later, later]).to_a)
  end

  def test_migrations_come_from_the_store
    migration = {id: "x", to: "saas", level: "premium", target_date: "2026-12-31", status: "approved"}
    error = assert_refused(OfferPolicy::RequestError, "OFP-524") do
      store.decide({**request, migrations: [migration]})
    end
    assert_equal("/migrations", error.pointer)
    assert_raises(ArgumentError) { store.decide(ticket: ticket, migrations: [migration]) }
  end

  def test_a_policy_without_the_promised_level
    live
    store.policy = OfferPolicy::Policy.parse(CONTRACT.read.gsub("premium", "gold"))
    assert_refused(OfferPolicy::NotAllowed, "OFP-523") do
      store.decide({**request(offering: "saas"), **facts(level: "gold"), now: NOW + DAY})
    end
  end

  def test_a_hash_that_closes_the_store
    closing = Object.new
    store = self.store
    closing.define_singleton_method(:to_hash) { store.close || {} }
    assert_raises(OfferPolicy::Misuse, OfferPolicy::RequestError) { store.decide(closing) }
    assert_raises(OfferPolicy::Misuse) { store.decide(request) }
  end
end
