# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# What Meson must know of Ruby, a line each: its folders of headers, the name of its library, where
# packages go, in Ruby and compiled ones, and what gems with compiled parts are for.
#
#     config.rb PREFIX
#
# Under Ruby's own prefix packages go where distributions' packages are, under /usr/local where the
# machine's own are. Under any other prefix the folders have the same names as under Ruby's own, and
# RUBYLIB must name them.
require "rbconfig"
require "rubygems"

CONFIG = RbConfig::CONFIG
prefix = ARGV.fetch(0)
folders =
  if prefix == "/usr/local" && CONFIG["sitedir"].start_with?(prefix)
    CONFIG.values_at("sitedir", "sitearchdir")
  else
    CONFIG.values_at("vendordir", "vendorarchdir").map do |folder|
      folder.sub(/\A#{Regexp.escape(CONFIG["prefix"])}/, prefix)
    end
  end
puts CONFIG.values_at("rubyhdrdir", "rubyarchhdrdir").join(":"), CONFIG["RUBY_SO_NAME"], folders,
     Gem::Platform.local, CONFIG["ruby_version"]
