# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Stores: the decision log, the audit log, backups, exports.

require_relative "support"

class TestLog < StoreCase
  def setup
    super
    @store = open_store(log: true)
    @first = store.decide(request("1", subject: "secret"))
    store.decide({**request("2"), now: NOW + DAY})
  end

  def test_what_is_kept
    one, two = store.log.to_a
    assert_equal([1, "1", "acme", NOW], [one.seq, one.ticket, one.org, one.at])
    assert_equal(policy.digest, one.policy_digest)
    refute_includes(one.request["ticket"], "subject")
    assert_equal("entitled", one.decision["verdict"])
    assert_equal(NOW + DAY, two.at)
    assert_equal(2, [one, two].uniq.size)
    assert_raises(FrozenError) { one.request["ticket"]["id"] << "x" }
  end

  def test_with_texts
    open_store(log: true, log_texts: true).decide(request("3", subject: "secret"))
    assert_equal(["secret"], store.log(ticket: "3").map { |one| one.request["ticket"]["subject"] })
  end

  def test_filters
    {
      {} => %w[1 2], {ticket: "2"} => %w[2], {org: "globex"} => [], {since: NOW + HOUR} => %w[2],
      {until: NOW + HOUR} => %w[1]
    }.each { |filter, tickets| assert_equal(tickets, store.log(**filter).map(&:ticket)) }
    seen = []
    assert_same(store, store.log { |one| seen << one.ticket })
    assert_equal(%w[1 2], seen)
  end

  def test_not_logged
    open_store.decide(request("3"))
    assert_equal(2, store.log.count)
    assert_raises(OfferPolicy::StoreReadOnly) { open_store(mode: :read, log: true).decide(request("3")) }
  end

  def test_replay_the_same
    replays = store.replay(policy).to_a
    assert_equal(%w[1 2], replays.map { |one| one.logged.ticket })
    replays.each do |one|
      assert_predicate(one, :same?)
      assert_equal([{}, nil, :entitled], [one.differences, one.error, one.decision.verdict])
    end
  end

  def test_replay_by_another_policy
    other = OfferPolicy::Policy.parse(CONTRACT.read.sub("normal: 8h", "normal: 6h"))
    replay = store.replay(other, ticket: "1").first
    refute_predicate(replay, :same?)
    assert_equal(["sla"], replay.differences.keys)
    refute_equal(@first.sla, replay.decision.sla)
    assert_kind_of(Integer, replay.hash)
  end

  def test_replay_of_what_can_not_be_decided
    other = OfferPolicy::Policy.parse(CONTRACT.read.gsub("self_managed", "on_site"))
    store.replay(other) do |one|
      assert_nil(one.decision)
      assert_equal("OFP-308", one.error.code)
      refute_predicate(one, :same?)
    end
    assert_raises(TypeError) { store.replay("policy.yaml") }
  end

  def test_pruning
    assert_equal(1, store.prune_log(before: NOW + HOUR, actor: "omar", at: NOW + DAY, reason: "kept for a day"))
    assert_equal(%w[2], store.log.map(&:ticket))
    event = store.events.to_a.last
    assert_equal([:prune_log, "omar", "kept for a day"], [event.kind, event.actor, event.reason])
    assert(event.detail)
  end
end

class TestAudit < StoreCase
  def test_head_and_verify
    request_migration
    kept = store.audit_head
    assert_match(/\A[0-9a-f]{64}\z/, kept)
    approve
    assert_equal(3, store.audit_verify)
    assert_equal(3, store.audit_verify(kept))
    assert_refused(OfferPolicy::StoreCorrupt, "OFP-415") { store.audit_verify("0" * 64) }
  end

  # Takes the guard away, changes an event, and puts the guard back.
  TAMPER = <<~PYTHON
    import sqlite3, sys
    store = sqlite3.connect(sys.argv[1])
    name, text = store.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
                               "AND tbl_name = 'audit' AND sql LIKE '%UPDATE%'").fetchone()
    store.execute(f"DROP TRIGGER {name}")
    store.execute("UPDATE audit SET actor = 'eve' WHERE seq = 2")
    store.execute(text)
    store.commit()
  PYTHON

  def test_a_log_that_was_changed
    live
    assert_nil(store.check)
    store.close
    assert(system("/usr/bin/python3", "-c", TAMPER, path.to_s))
    @store = open_store
    assert_match(/event 2/, assert_raises(OfferPolicy::StoreCorrupt) { store.audit_verify }.message)
    error = assert_raises(OfferPolicy::StoreCorrupt) { store.check }
    refute_empty(error.diagnostics)
  end
end

class TestStoreCopies < StoreCase
  def test_backup
    live
    target = folder / "backup.db"
    store.backup(target)
    OfferPolicy::Store.open(target, mode: :read) do |copy|
      copy.check
      assert_equal(store.audit_head, copy.audit_head)
    end
    assert_raises(OfferPolicy::NotAllowed) { store.backup(target.to_s) }
  end

  def test_export_and_import
    live
    target = folder / "export.ndjson"
    store.export_to(target)
    assert_equal({"offerpolicy_store" => 1}, JSON.parse(target.readlines.first))
    assert_raises(Errno::EEXIST) { store.export_to(target) }
    File.open(target) do |file|
      [target, target.to_s, file].each_with_index { |source, number| check_import(source, number) }
    end
  end

  def check_import(source, number)
    OfferPolicy::Store.open(folder / "#{number}.db", mode: :create, at: NOW) do |copy|
      copy.import_from(source)
      assert_equal(store.audit_head, copy.audit_head)
    end
  end

  def test_an_export_is_private_and_whole_or_not_there
    target = folder / "export.ndjson"
    store.export_to(target)
    assert_equal(0o600, target.stat.mode & 0o777)
    store.close
    other = folder / "other.ndjson"
    assert_raises(OfferPolicy::Misuse) { store.export_to(other) }
    refute_predicate(other, :exist?)
    assert_raises(Errno::EEXIST) { store.export_to(target) }
    assert_predicate(target, :exist?)
  end

  def test_export_to_an_open_file
    File.open(folder / "a", "w+b") do |file|
      file.write("before\n")
      store.export_to(file)
      file.rewind
      assert_equal(["before\n", %({"offerpolicy_store":1}\n)], [file.gets, file.gets])
    end
  end

  def test_export_to_a_pipe
    IO.pipe do |source, target|
      reader = Thread.new { source.read }
      200.times { |number| request_migration(org: "org-#{number}") }
      store.export_to(target)
      target.close
      assert_operator(reader.value.lines.size, :>, 400)
    end
  end

  def test_what_is_no_file
    [nil, 5.5, [], Object.new, StringIO.new].each do |wrong|
      [-> { store.export_to(wrong) }, -> { store.import_from(wrong) }].each do |use|
        assert_match(/a path or an open file/, assert_raises(TypeError, wrong.inspect, &use).message)
      end
    end
    assert_raises(Errno::ENOENT) { store.import_from(folder / "none") }
    closed = File.open(path).tap(&:close)
    assert_raises(IOError) { store.import_from(closed) }
  end

  def test_a_file_that_can_not_be_written
    File.open("/dev/full", "wb") { |full| assert_raises(OfferPolicy::FileError) { store.export_to(full) } }
    File.open(CONTRACT) { |file| assert_raises(IOError) { store.export_to(file) } }
  end

  def test_imports_that_are_refused
    source = folder / "wrong.ndjson"
    source.write(%({"offerpolicy_store":1}\n{"what":{}}\n))
    OfferPolicy::Store.open(folder / "new.db", mode: :create, at: NOW) do |store|
      error = assert_raises(OfferPolicy::RequestError) { store.import_from(source) }
      assert_equal([source.to_s, 2], [error.file, error.line])
    end
    live
    store.export_to(folder / "good.ndjson")
    assert_raises(OfferPolicy::NotAllowed) { store.import_from(folder / "good.ndjson") }
  end

  def test_the_command_reads_what_ruby_wrote
    skip("the command is not built") unless COMMAND
    live
    output, status = Open3.capture2(COMMAND, "migration", "list", "-s", path.to_s, "--json", "--at",
                                    "2026-11-21T00:00:00Z")
    assert_predicate(status, :success?)
    assert_equal(output.lines(chomp: true), store.migrations(at: NOW + 6 * HOUR).map(&:to_json))
  end
end
