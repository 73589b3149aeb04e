# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# What the tests of the Ruby package share: where things are, and facts to start from.

require "minitest/autorun"
require "json"
require "open3"
require "pathname"
require "set"
require "tmpdir"

require "offerpolicy"

ROOT = Pathname(__dir__).parent.parent
CASES = ROOT / "tests/cases"
CONTRACT = CASES / "contract/policy.yaml"
ZONES = ENV.fetch("OFFERPOLICY_ZONEINFO")
COMMAND = ENV["OFFERPOLICY"]
SANITIZED = ENV["OFP_SANITIZED"] == "yes"
FULL = ENV["OFP_TEST_SIZE"] == "full"

NOW = Time.utc(2026, 11, 20, 18).freeze
MINUTE = 60
HOUR = 3600
DAY = 86_400

# The module below the package, which is private.
NATIVE = OfferPolicy.const_get(:Native)

# A time from its text.
def instant(text)
  Time.iso8601(text)
end

# The documents of a file, one a line.
def read_lines(path)
  File.readlines(path, encoding: "UTF-8").map { |line| JSON.parse(line) }
end

# The contract's policy, with the zone data that the answers were made for.
def contract_policy
  OfferPolicy::Policy.load(CONTRACT, zone_directory: ZONES)
end

# A ticket about an offering that it names itself.
def ticket(id = "4711", **more)
  {id: id, created_at: "2026-11-20T17:42:00Z", offering: "self_managed", **more}
end

# What an org has bought.
def facts(org = "acme", offering: "self_managed", level: "premium", **more)
  {
    org: {id: org, name: "Acme Rockets"},
    entitlements: [{offering: offering, level: level, **more}]
  }
end

# A whole request; `more` goes into the ticket.
def request(id = "4711", **more)
  {now: "2026-11-20T18:00:00Z", ticket: ticket(id, **more), **facts}
end

# Tests with the contract's policy.
class PolicyCase < Minitest::Test
  POLICY = contract_policy

  def policy
    POLICY
  end

  # The error of this class, with this code, that the block raises.
  def assert_refused(kind, code = nil, &block)
    error = assert_raises(kind, &block)
    assert_equal(code, error.code, error.message) if code
    error
  end
end

# Tests with a folder of their own.
class FolderCase < PolicyCase
  attr_reader :folder

  def setup
    super
    @folder = Pathname(Dir.mktmpdir)
  end

  def teardown
    @folder.rmtree
    super
  end

  # Another program that holds the store's lock for writing while the block runs.
  def while_locked(path = self.path)
    script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN IMMEDIATE'); " \
             "print('locked', flush=True); sys.stdin.read(); c.rollback()"
    Open3.popen2("/usr/bin/python3", "-c", script, path.to_s) do |input, output, _|
      assert_equal("locked\n", output.gets)
      yield
      input.close
      output.read
    end
  end
end

# Tests with a store of their own.
class StoreCase < FolderCase
  attr_reader :path, :store

  def setup
    super
    @path = folder / "store.db"
    @opened = []
    @store = open_store(mode: :create, at: NOW)
  end

  def teardown
    @opened.each(&:close)
    super
  end

  # One more connection, which is closed after the test.
  def open_store(**options)
    OfferPolicy::Store.open(path, policy, **options).tap { |store| @opened << store }
  end

  # Requests a migration.
  def request_migration(org: "acme", at: NOW, **more)
    store.request(org: org, from: "self_managed", to: "saas", level: "premium",
                  target_date: Date.new(2026, 12, 31), owner: "dana", facts: facts(org),
                  actor: "dana", at: at, **more)
  end

  # Approves one, as somebody who requested nothing.
  def approve(migration = "M-1", at: NOW + HOUR, actor: "mira", role: "support_manager", **more)
    store.approve(migration, actor: actor, role: role, at: at, **more)
  end

  # Requests and approves a migration.
  def live(**more)
    request_migration(**more)
    approve
  end
end
