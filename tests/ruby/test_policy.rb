# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Policies: loading them, their mistakes, and what they say about themselves.

require_relative "support"

WARNED = ROOT / "tests/cli/policies/warnings.yaml"
BROKEN = ROOT / "tests/cli/policies/mistakes.yaml"

class TestLoading < FolderCase
  Policy = OfferPolicy::Policy

  def test_a_path_of_any_kind
    [CONTRACT, CONTRACT.to_s, CONTRACT.to_s.b].each do |path|
      assert_equal(policy.digest, Policy.load(path).digest)
    end
  end

  def test_a_path_that_is_not_utf8
    path = "#{folder}/".b + "\xff.yaml".b
    File.binwrite(path, CONTRACT.binread)
    assert_equal("northwind-support", Policy.load(path).name)
  end

  def test_text
    assert_equal(policy.digest, Policy.parse(CONTRACT.read).digest)
  end

  def test_text_in_another_encoding
    text = CONTRACT.read.sub("Northwind Cloud", "Nörthwind Cloud")
    latin = Policy.parse(text.encode("ISO-8859-1"))
    assert_equal("Nörthwind Cloud", latin.titles["saas"])
    assert_equal(Encoding::UTF_8, latin.titles["saas"].encoding)
    assert_raises(ArgumentError) { Policy.parse(text.b) }
  end

  def test_the_default
    default = Policy.default
    assert_equal(["default", []], [default.name, default.warnings])
    assert_includes(default.offerings, "cloud")
  end

  def test_zones_from_a_folder
    assert_equal("2026f", policy.tzdata)
    assert_refused(OfferPolicy::PolicyError, "OFP-109") do
      Policy.load(CONTRACT, zone_directory: folder)
    end
  end

  def test_without_machine_code
    ticket = {id: "1", created_at: NOW, subject: "cloud.northwind.example"}
    options = {jit: false, zone_directory: ZONES}
    expected = policy.decide(ticket: ticket, now: NOW).to_json
    [Policy.load(CONTRACT, **options), Policy.parse(File.read(CONTRACT), **options)].each do |slow|
      assert_equal(expected, slow.decide(ticket: ticket, now: NOW).to_json)
    end
    assert_equal(Policy.default.digest, Policy.default(jit: false).digest)
  end

  def test_no_constructor
    assert_raises(NoMethodError) { Policy.new }
  end

  def test_a_subclass
    mine = Class.new(Policy)
    assert_instance_of(mine, mine.default)
  end
end

class TestMistakes < FolderCase
  Policy = OfferPolicy::Policy

  def test_no_file
    error = assert_raises(OfferPolicy::FileError) { Policy.load(folder / "none.yaml") }
    assert_equal((folder / "none.yaml").to_s, error.file)
    assert_kind_of(IOError, error)
    assert_kind_of(OfferPolicy::Error, error)
  end

  def test_all_mistakes_with_their_places
    error = assert_raises(OfferPolicy::PolicyError) { Policy.load(BROKEN, source: "mine.yaml") }
    assert_operator(error.diagnostics.size, :>, 1)
    assert_equal("mine.yaml", error.file)
    assert(error.line && error.column)
    assert_match(/\Amine.yaml:\d+:\d+: .* \[OFP-1\d\d\] \(and \d+ more\)\z/, error.message)
    places = error.diagnostics.map { |one| [one.line, one.column] }
    assert_equal(places.sort, places)
    check_excerpts(error.diagnostics, BROKEN.readlines(encoding: "UTF-8"))
  end

  def check_excerpts(diagnostics, lines)
    diagnostics.each do |one|
      assert_equal("mine.yaml", one.file)
      next unless one.excerpt

      assert_includes(lines[one.line - 1], one.excerpt)
      assert_operator(one.caret, :<=, one.excerpt.size)
    end
  end

  def test_one_mistake_in_a_text
    yaml = CONTRACT.read.sub("[premium, ultimate], form", "[premum, ultimate], form")
    error = assert_refused(OfferPolicy::PolicyError, "OFP-108") { Policy.parse(yaml) }
    assert_equal(1, error.diagnostics.size)
    assert_equal('unknown level "premum": did you mean "premium"?', error.diagnostic.message)
    assert_equal("premum", error.diagnostic.excerpt[error.diagnostic.caret..][0, 6])
  end

  def test_check_tells_and_does_not_raise
    assert_equal([], Policy.check(CONTRACT))
    assert_equal([], Policy.check_text(CONTRACT.read))
    found = Policy.check(BROKEN)
    assert_includes(found.map(&:severity), :error)
    assert_equal(found.size, Policy.check_text(BROKEN.read).size)
  end

  def test_warnings
    warned = Policy.load(WARNED)
    refute_empty(warned.warnings)
    assert_equal(warned.warnings, Policy.check(WARNED))
    warned.warnings.each do |one|
      assert_equal(:warning, one.severity)
      assert_match(/:\d+:\d+: warning: .* \[OFP-15\d\]\z/, one.to_s)
    end
  end

  def test_every_wrong_policy_of_the_cases
    paths = (CASES / "policies/wrong").glob("*.yaml")
    assert_operator(paths.size, :>, 10)
    paths.each do |path|
      found = Policy.check(path, zone_directory: ZONES)
      refute_empty(found, path)
      warned = found.all? { |one| one.severity == :warning }
      assert_equal(path.basename.to_s.start_with?("warn"), warned, path)
    end
  end

  def test_every_right_policy_of_the_cases
    (CASES / "policies/right").glob("*.yaml").each do |path|
      assert(Policy.load(path, zone_directory: ZONES).name, path)
    end
  end
end

class TestAbout < FolderCase
  def test_names
    assert_equal(%w[northwind-support 2026-11], [policy.name, policy.revision])
    assert_match(/\Asha256:[0-9a-f]{64}\z/, policy.digest)
    assert_equal("America/Los_Angeles", policy.time_zone)
    assert_equal(%w[free standard premium ultimate], policy.levels)
    assert_equal(%w[standard premium ultimate], policy.paid_levels)
    assert_equal(%w[low normal high urgent], policy.priorities)
    assert_equal(%w[self_managed saas dedicated], policy.offerings)
    assert_equal("Northwind Cloud", policy.titles["saas"])
    assert_equal(%w[always business emea night], policy.calendars)
    assert_equal("emergency", policy.sla_rules.first)
    assert_includes(policy.tags, "sm_premium")
    assert_equal({"form" => %w[cloud self_managed emergency billing general]}, policy.fields)
    assert_equal('#<OfferPolicy::Policy "northwind-support" revision "2026-11">', policy.inspect)
  end

  def test_a_policy_without_revision
    bare = OfferPolicy::Policy.parse(CONTRACT.readlines.grep_v(/\Arevision/).join)
    assert_nil(bare.revision)
    assert_equal('#<OfferPolicy::Policy "northwind-support">', bare.inspect)
  end

  def test_nothing_can_be_changed
    %i[levels paid_levels priorities offerings titles fields calendars sla_rules tags
       warnings].each { |name| assert_predicate(policy.public_send(name), :frozen?, name) }
    assert_raises(FrozenError) { policy.titles["saas"] = "Cloud" }
    assert_raises(FrozenError) { policy.levels.first << "x" }
    assert_raises(FrozenError) { policy.instance_variable_set(:@levels, []) }
  end

  def test_calendars_by_name
    assert_equal("emea", policy.calendar("emea").name)
    assert_equal("emea", policy.calendar(:emea).name)
    error = assert_raises(OfferPolicy::NotFound) { policy.calendar("busines") }
    assert_match(/"busines".*always, business, emea, night/, error.message)
    assert_kind_of(KeyError, error)
  end

  def test_dates
    assert_equal(instant("2026-11-20T08:00:00Z"), policy.date_start(Date.new(2026, 11, 20)))
    finish, forgotten = policy.migration_end(Date.new(2026, 12, 31))
    assert_equal(instant("2027-01-01T08:00:00Z"), finish)
    assert_equal(instant("2027-06-30T07:00:00Z"), forgotten)
    assert_predicate(finish, :utc?)
  end

  def test_version
    assert_match(/\A\d+\.\d+\.\d+\z/, OfferPolicy::VERSION)
  end
end
