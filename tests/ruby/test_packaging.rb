# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# The package where users have it: from a gem in a clean GEM_HOME, and installed by Meson.
#
#     test_packaging.rb BUILD RUBY
#
# BUILD is the build folder, RUBY the interpreter that it was built for.

require "minitest/autorun"
require "json"
require "open3"
require "pathname"
require "rubygems/package"
require "tmpdir"

ROOT = Pathname(__dir__).parent.parent
FULL = ENV["OFP_TEST_SIZE"] == "full"
BUILD, RUBY = ARGV.shift(2)

# What a program sees of an installed package: where it and the library are, and that it decides.
PROGRAM = <<~'RUBY'
  require "offerpolicy"
  policy = OfferPolicy::Policy.default
  decision = policy.decide({now: "2026-11-20T18:00:00Z", ticket: {
    id: "1", offering: "cloud", created_at: "2026-11-20T18:00:00Z"}})
  raise decision.inspect unless decision.verdict == :unknown_org
  puts OfferPolicy::VERSION
  puts $LOADED_FEATURES.grep(%r{/offerpolicy\.rb\z}), $LOADED_FEATURES.grep(%r{/native\.so\z})
  puts File.foreach("/proc/self/maps").grep(/libofferpolicy\.so/).map { |line| line.split.last }.uniq
RUBY

# Each test has a folder of its own.
class Folder < Minitest::Test
  attr_reader :folder

  def setup
    @folder = Pathname(Dir.mktmpdir).realpath
  end

  def teardown
    @folder.rmtree
  end

  # The output of a command that must work.
  def run_command(*command, environment: {}, **options)
    output, problems, status =
      Open3.capture3(clean.merge(environment), *command.map(&:to_s), **options)
    assert_predicate(status, :success?, "#{command}: #{output}#{problems}")
    output
  end

  # Without what leads to the build folder.
  def clean
    names = ENV.keys.select { |name| name.start_with?("RUBY", "GEM_", "BUNDLE_", "LD_", "DESTDIR") }
    names.to_h { |name| [name, nil] }
  end

  # What the program says of the package.
  def look(environment)
    output = run_command(RUBY, "-e", PROGRAM, environment: environment, chdir: folder.to_s)
    version, package, extension, library = output.split("\n")
    assert_match(/\A\d+\.\d+\.\d+\z/, version)
    [version, Pathname(package), Pathname(extension), Pathname(library)]
  end
end

class TestGem < Folder
  SCRIPT = ROOT / "bindings/ruby/make_gem.rb"

  # Where the gem is that most of the tests look at.
  MADE = Pathname(Dir.mktmpdir)
  Minitest.after_run { MADE.rmtree }

  def make(output)
    Pathname(run_command(RUBY, SCRIPT, "--no-rebuild", "--output", output, BUILD).chomp)
  end

  def made
    MADE.children.first || make(MADE)
  end

  def gem_home
    {"GEM_HOME" => (folder / "home").to_s}
  end

  def run_gem(*arguments)
    run_command(RUBY, "-S", "gem", *arguments, environment: gem_home, chdir: folder.to_s)
  end

  def test_in_a_clean_home
    run_gem("install", "--local", "--no-document", made)
    version, *places = look(gem_home)
    assert_includes(made.basename.to_s, "-#{version}-")
    home = folder / "home/gems/#{made.basename(".gem")}/lib"
    names = ["offerpolicy.rb", "offerpolicy/native.so", "offerpolicy/#{places.last.basename}"]
    assert_equal(names.map { |name| home / name }, places)
    run_gem("uninstall", "offerpolicy")
    assert_empty((folder / "home").glob("**/*offerpolicy*"))
  end

  def test_types_are_found
    run_gem("install", "--local", "--no-document", made)
    program = "load(Gem.bin_path('rbs', 'rbs'))"
    output = run_command(RUBY, "-e", program, "--", "-r", "date", "-r", "offerpolicy", "method",
                         "OfferPolicy::Policy", "decide", environment: gem_home)
    assert_match(/-> ::OfferPolicy::Decision$/, output)
  end

  def test_what_is_in_it
    package = Gem::Package.new(made.to_s)
    assert(package.verify)
    names = package.contents
    assert_equal(names, names.uniq)
    sources = Dir.glob("lib/**/*.rb", base: ROOT / "bindings/ruby")
    assert_equal(sources.sort, names.grep(/\.rb\z/).sort)
    assert_equal(%w[lib/offerpolicy/libofferpolicy.so lib/offerpolicy/native.so],
                 names.grep(/\.so/).map { |name| name.sub(/\.so\.[\d.]+\z/, ".so") }.sort)
    assert_includes(names, "COPYING")
    assert_includes(names, "sig/policy.rbs")
    assert_empty(names - names.grep(%r{\A(?:lib|sig)/|\ACOPYING\z}))
  end

  def test_what_it_says_of_itself
    gem = Gem::Package.new(made.to_s).spec
    assert_equal(["offerpolicy", "MIT"], [gem.name, gem.license])
    platform, version = run_command(RUBY, "-e", "puts Gem::Platform.local, RUBY_VERSION").split
    assert_equal(platform, gem.platform.to_s)
    assert(gem.required_ruby_version.satisfied_by?(Gem::Version.new(version)))
    major, minor, = version.split(".").map(&:to_i)
    refute(gem.required_ruby_version.satisfied_by?(Gem::Version.new("#{major}.#{minor + 1}.0")))
    assert_empty(gem.dependencies)
  end

  def test_it_is_always_the_same
    assert_equal(made.binread, make(folder).binread)
  end

  def test_a_folder_without_a_build
    _, status = Open3.capture2e(RUBY, SCRIPT.to_s, "--output", folder.to_s, (folder / "none").to_s)
    refute_predicate(status, :success?)
    assert_empty(folder.children)
  end
end

class TestInstalled < Folder
  # Installs, and runs a program that finds the package in the folders of the prefix.
  def install(build, prefix)
    stage = folder / "stage"
    run_command("meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", stage)
    (package,) = stage.glob("**/offerpolicy.rb")
    (extension,) = stage.glob("**/offerpolicy/native.so")
    (library,) = stage.glob("**/libofferpolicy.so.*").reject(&:symlink?)
    folders = [package.dirname, extension.dirname.dirname]
    _, *places = look({"RUBYLIB" => folders.join(":"), "LD_LIBRARY_PATH" => library.dirname.to_s})
    assert_equal([package, extension, library], places)
    in_prefix(prefix, folders.map { |path| Pathname("/") / path.relative_path_from(stage) })
  end

  def in_prefix(prefix, found)
    found.each { |path| assert(path.to_s.start_with?("#{prefix}/"), path.to_s) }
    return unless ["/usr", "/usr/local"].include?(prefix)

    looked = run_command(RUBY, "-e", "puts $LOAD_PATH").split("\n").map { |path| Pathname(path) }
    assert_empty(found - looked)
  end

  # What is built and installed, but not there.
  def installed_targets(build)
    places = JSON.parse(run_command("meson", "introspect", "--installed", build)).keys
    places.map { |path| Pathname(path) }
          .select { |path| path.to_s.start_with?("#{build}/") && !path.exist? }
          .map { |path| path.relative_path_from(build) }
  end

  def test_as_it_was_configured
    options = JSON.parse(run_command("meson", "introspect", "--buildoptions", BUILD))
    install(BUILD, options.find { |one| one["name"] == "prefix" }["value"])
  end

  def test_every_prefix
    skip("builds all anew, three times") unless FULL
    ["/usr", "/usr/local", "/opt/support"].each do |prefix|
      build = folder / "build"
      run_command("meson", "setup", build, ROOT, "-Dprefix=#{prefix}", "-Dbuildtype=plain")
      run_command("ninja", "-C", build, *installed_targets(build))
      install(build, prefix)
      folder.children.each(&:rmtree)
    end
  end
end
