# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# The programs of examples/ruby, and what the manual shows.

require_relative "support"
require_relative "manual"
require "logger"
require "stringio"

EXAMPLES = ROOT / "examples/ruby"
require EXAMPLES / "retry_list"
require EXAMPLES / "triage_hook"

# Runs the block in a process of its own; whether it has come to its end, tells Process.wait2.
def in_child
  fork do
    yield
    exit!(0)
  ensure
    exit!(1)
  end
end

class TestHelpDesk < FolderCase
  POLICY = ROOT / "examples/policies/default.yaml"

  # Output and messages of the program, which must work.
  def run_desk(policy, *options)
    files = [policy, EXAMPLES / "tickets.json", EXAMPLES / "contracts.json"]
    output, problems, status = Open3.capture3(
      RbConfig.ruby, (EXAMPLES / "help_desk.rb").to_s, "--at", NOW.iso8601, *options,
      *files.map(&:to_s), chdir: folder.to_s
    )
    assert_predicate(status, :success?, problems)
    [output, problems]
  end

  def expected
    (ROOT / "tests/ruby/expected/help_desk.txt").read
  end

  def test_what_is_printed
    output, problems = run_desk(POLICY)
    assert_equal(expected, output)
    assert_match(%r{\AERROR: ticket "4715" is left as it is: /ticket/priority: .*"hihg".*\n\z}, problems)
  end

  def test_a_broken_policy_loses_no_ticket
    (folder / "policy.yaml").write("policy: x\nlevls: [free]\n")
    output, problems = run_desk("policy.yaml")
    assert_equal("waiting: 4711, 4712, 4713, 4714, 4715\n", output)
    assert_includes(problems, 'ERROR: policy.yaml:2:1: error: unknown key "levls": did you mean')
    output, = run_desk(POLICY)
    changes = expected.delete_suffix("waiting: 4715\n")
    assert_equal("#{changes}#{changes}waiting: 4715\n", output)
  end

  def test_a_store
    path = folder / "support.db"
    default = OfferPolicy::Policy.default
    OfferPolicy::Store.open(path, default, mode: :create, at: NOW - DAY) do |store|
      store.request(org: "acme", from: "self_managed", to: "cloud", level: "premium", owner: "dana",
                    target_date: Date.new(2026, 12, 31), facts: facts, actor: "dana", at: NOW - DAY)
      store.approve("M-1", actor: "mira", role: "support_manager", at: NOW - HOUR)
    end
    output, = run_desk(POLICY, "--store", path.to_s)
    assert_includes(output, "4711:\n  - self_managed_premium\n  + cloud_premium\n  + focus_cloud\n")
    OfferPolicy::Store.open(path, mode: :read) do |store|
      assert_equal(%w[4711 4712 4713 4714], store.log.map(&:ticket))
    end
  end
end

class TestHook < FolderCase
  TICKET = {
    "id" => "4711", "org" => "acme", "priority" => "high", "created_at" => "2026-11-20T17:42:00Z",
    "offering" => "nobody asks", "subject" => "Import into the cloud fails",
    "description" => "on gitlab.com", "tags" => %w[vip].freeze
  }.each_value(&:freeze).freeze
  CONTRACTS = lambda do |id|
    bought = {"offering" => "self_managed", "level" => "premium"}
    {"org" => {"id" => id}, "entitlements" => [bought]}
  end
  POLICY_TEXT = (ROOT / "examples/policies/default.yaml").read.freeze

  attr_reader :waiting, :told

  def setup
    super
    @waiting = RetryList.new((folder / "waiting").to_s)
    @told = StringIO.new
    @file = folder / "policy.yaml"
    @file.write(POLICY_TEXT)
  end

  def hook(contracts: CONTRACTS, **more)
    TriageHook.new(@file, contracts, waiting, log: Logger.new(told), clock: -> { NOW }, **more)
  end

  # It was left as it is, and waits, for a reason that was logged.
  def assert_undecided(hook, reason, ticket = TICKET)
    assert_nil(hook.call(ticket))
    assert_equal([ticket], waiting.tickets)
    assert_match(reason, waiting.problems[ticket["id"]])
    assert_match(reason, told.string)
  end

  def assert_decided_again(hook)
    decided = []
    hook.retry_all { |ticket, changes| decided << [ticket["id"], changes.add_tags] }
    assert_equal([["4711", ["focus_cloud"]]], decided)
    assert_empty(waiting.tickets)
  end

  def test_changes
    changes = hook.call(TICKET)
    assert_equal([["focus_cloud"], [], nil], changes.to_a.first(3))
    assert_equal(%i[public_reply internal_note], changes.posts.map(&:do))
    assert_nil(changes.valid_until)
    assert_empty(waiting.tickets)
  end

  def test_they_are_applied_to_a_new_ticket
    changes = hook.call(TICKET)
    ticket = changes.apply_to(TICKET)
    assert_equal(%w[vip focus_cloud], ticket["tags"])
    assert_equal("high", ticket["priority"])
    assert_equal(changes.posts.map(&:text), ticket["posts"])
    again = hook.call(ticket)
    assert_equal([[], [], nil, []], again.to_a.first(4))
    assert_equal(ticket, again.apply_to(ticket))
  end

  def test_the_priority_that_counts
    changes = hook.call(TICKET.except("priority"))
    assert_equal("normal", changes.priority)
    assert_equal("normal", changes.apply_to(TICKET)["priority"])
  end

  def test_a_policy_that_is_missing
    @file.unlink
    hook = self.hook
    assert_includes(told.string, "#{@file}: error: the policy can't be read: No such file")
    assert_undecided(hook, /there is no policy/)
    @file.write(POLICY_TEXT)
    assert(hook.reload)
    assert_decided_again(hook)
  end

  def test_a_new_policy_that_is_broken
    hook = self.hook
    @file.write("policy: new\nlevls: [free]\nunpaid: [free\n")
    refute(hook.reload)
    assert_match(/#{@file}:4:1: error: .* \[OFP-\d+\]\n/, told.string)
    assert_includes(told.string, "the last good policy stays in force: default")
    assert_equal(["focus_cloud"], hook.call(TICKET).add_tags)
    assert_empty(waiting.tickets)
  end

  def test_a_ticket_that_is_wrong
    hook = self.hook
    assert_undecided(hook, %r{/ticket/tags/1: }, TICKET.merge("tags" => ["a", 1]))
    assert_undecided(hook, %r{/ticket: "created_at" is missing}, TICKET.except("created_at"))
    assert_undecided(hook, /UTF-8/, TICKET.merge("subject" => "\xff"))
    hook.call(TICKET)
    assert_empty(waiting.tickets)
    assert_undecided(hook, %r{/ticket: a key is missing: "id"}, TICKET.except("id"))
  end

  def test_contracts_that_are_out_of_reach
    reached = false
    contracts = ->(id) { reached ? CONTRACTS.call(id) : raise(Errno::ECONNREFUSED, "contracts") }
    hook = self.hook(contracts: contracts)
    assert_undecided(hook, /Connection refused - contracts/)
    reached = true
    assert_decided_again(hook)
  end

  def test_a_ticket_without_an_org
    notes = hook.call(TICKET.except("org")).posts
    assert_match(/which organisation this ticket is from/, notes.first.text)
  end

  def test_changes_that_can_not_be_saved
    hook = self.hook
    waiting.put(TICKET, "for a test")
    hook.retry_all { raise Errno::ECONNRESET, "help desk" }
    assert_equal({"4711" => "Connection reset by peer - help desk"}, waiting.problems)
    assert_decided_again(hook)
  end
end

class TestHookWithStore < TestHook
  def setup
    super
    @store = folder / "support.db"
    OfferPolicy::Store.open(@store, mode: :create, at: NOW - DAY).close
    @hooks = []
  end

  def teardown
    @hooks.each(&:close)
    super
  end

  def hook(**more)
    super(store_file: @store, **more).tap { |hook| @hooks << hook }
  end

  def test_a_store_that_is_busy
    hook = self.hook
    hook.call(TICKET)
    while_locked(@store) { assert_undecided(hook, /another connection has used the store/) }
    assert_decided_again(hook)
  end

  def test_a_store_that_is_full
    hook = self.hook
    hook.call(TICKET)
    full = ->(**) { raise OfferPolicy::StoreFull, "the store's disk is full" }
    hook.instance_variable_get(:@store).stub(:decide, full) do
      assert_undecided(hook, /disk is full/)
    end
    assert_decided_again(hook)
  end

  def test_a_store_that_is_missing
    @store.unlink
    hook = self.hook
    assert_undecided(hook, /No such file|no store/)
    OfferPolicy::Store.open(@store, mode: :create, at: NOW - DAY).close
    assert_decided_again(hook)
  end

  def test_a_child_opens_its_own
    hook = self.hook
    hook.call(TICKET)
    child = in_child { hook.call(TICKET) or raise told.string }
    assert_predicate(Process.wait2(child).last, :success?)
    assert_equal(["focus_cloud"], hook.call(TICKET).add_tags)
  end
end

class TestRetryList < FolderCase
  def list
    RetryList.new((folder / "waiting").to_s)
  end

  def test_it_outlives_the_program
    Process.wait(in_child { list.put({"id" => "1"}, "for a test") })
    list.put({"id" => "2"}, "for another")
    assert_equal([{"id" => "1"}, {"id" => "2"}], list.tickets)
    assert_equal({"1" => "for a test", "2" => "for another"}, list.problems)
  end

  # Each child puts tickets in and takes every other one out.
  def test_several_programs_at_once
    children = Array.new(3) do |child|
      in_child do
        tickets = Array.new(20) { |number| {"id" => "#{child}-#{number}"} }
        tickets.each { |ticket| list.put(ticket, "for a test") && list.tickets }
        tickets.each_slice(2) { |ticket, _| list.delete(ticket) }
      end
    end
    children.each { |child| assert_predicate(Process.wait2(child).last, :success?) }
    left = [0, 1, 2].product((1..19).step(2).to_a).map { |pair| pair.join("-") }
    assert_equal(left.sort, list.problems.keys.sort)
    assert_equal(30, folder.join("waiting").children.size)
  end

  def test_a_newer_state_replaces_a_ticket
    list.put({"id" => "1", "tags" => []}, "for a test")
    list.put({"id" => "1", "tags" => ["new"]}, "for another")
    assert_equal([{"id" => "1", "tags" => ["new"]}], list.tickets)
    assert_equal({"1" => "for another"}, list.problems)
    list.delete({"id" => "1"})
    assert_empty(list.tickets)
  end

  def test_a_ticket_that_can_not_be_kept_is_told
    list = self.list
    (folder / "waiting").rmdir
    hook = TriageHook.new("none.yaml", nil, list, log: Logger.new(nil))
    error = assert_raises(Errno::ENOENT) { hook.call({"id" => "1"}) }
    assert_match(/there is no policy/, error.cause.message)
  end
end

# Each block of doc/ruby.md that is in Ruby runs, and has the values and output that stand there.
class TestManual < FolderCase
  def test_sessions
    manual = Manual.new((ROOT / "doc/ruby.md").read(encoding: "UTF-8"))
    assert_operator(manual.statements.size, :>, 25)
    compared = 0
    Dir.chdir(folder) do
      manual.run do |code, expected, found|
        assert_match(Manual.pattern(expected), found, code)
        compared += 1
      end
    end
    assert_operator(compared, :>, 12)
  end
end
