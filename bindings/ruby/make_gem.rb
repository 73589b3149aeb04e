#!/usr/bin/env ruby
# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Makes a gem of what Meson has built: the package, with libofferpolicy beside its extension.
#
#     make_gem.rb [--no-rebuild] [--output FOLDER] BUILD
#
# Prints the gem's name. SQLite, PCRE2, libyaml and libmd come from the system that it is installed
# on. Needs no network and no other gem, and may be run by any Ruby: the gem is for the one that
# Meson has built for.

require "fileutils"
require "open3"
require "optparse"
require "pathname"
require "rubygems/package"
require "tmpdir"

HERE = Pathname(__dir__)

# Gems with the same content are the same, byte for byte.
ENV["SOURCE_DATE_EPOCH"] = Time.utc(1980).to_i.to_s

def meson(*arguments)
  output, status = Open3.capture2("meson", *arguments.map(&:to_s))
  abort("#{output}meson #{arguments.first} failed") unless status.success?
end

# The one file that there must be.
def only(paths)
  found = paths.reject(&:symlink?)
  abort("the build has no package for Ruby: are SWIG and Ruby's headers installed?") unless found.one?
  found.first
end

# The files of the gem, as they are to be in it, by where they are now.
def collect(stage)
  extension = only(stage.glob("**/offerpolicy/native.so"))
  library = only(stage.glob("**/libofferpolicy.so.*"))
  start = only(stage.glob("**/offerpolicy.rb"))
  parts = start.sub_ext("").glob("*.rb").to_h { |path| [path, "lib/offerpolicy/#{path.basename}"] }
  types = HERE.glob("sig/*").to_h { |path| [path, "sig/#{path.basename}"] }
  {
    extension => "lib/offerpolicy/native.so",
    library => "lib/offerpolicy/#{library.basename}",
    start => "lib/offerpolicy.rb",
    HERE.join("../../COPYING") => "COPYING",
    **parts, **types
  }
end

def copy(files, folder)
  files.each do |from, to|
    target = folder / to
    target.dirname.mkpath
    FileUtils.install(from, target, mode: to.include?(".so") ? 0o755 : 0o644)
  end
end

# The path of the gem that was made in a folder.
def build(folder, specification)
  Dir.chdir(folder) do
    made = Gem::DefaultUserInteraction.use_ui(Gem::SilentUI.new) do
      Gem::Package.build(Gem::Specification.load(specification.to_s))
    end
    folder / made
  end
end

options = {rebuild: [], output: Pathname(".")}
parser = OptionParser.new("make_gem.rb [--no-rebuild] [--output FOLDER] BUILD")
parser.on("--no-rebuild", "take what is built as it is") { options[:rebuild] = ["--no-rebuild"] }
parser.on("--output FOLDER", "where to; else: here") { |folder| options[:output] = Pathname(folder) }
parser.parse!
abort(parser.to_s) unless ARGV.one?

Dir.mktmpdir do |folder|
  stage = Pathname(folder) / "stage"
  content = Pathname(folder) / "gem"
  meson("install", "-C", ARGV.first, "--quiet", "--strip", *options[:rebuild],
        "--tags", "runtime,ruby-runtime", "--destdir", stage)
  copy(collect(stage), content)
  made = build(content, Pathname(ARGV.first).realpath / "bindings/ruby/offerpolicy.gemspec")
  options[:output].mkpath
  FileUtils.mv(made, options[:output])
  puts options[:output] / made.basename
end
