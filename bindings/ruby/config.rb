# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# What Meson must know of Ruby, a line each: its folders of headers, the name of its library, and
# where packages go, in Ruby and compiled ones.
#
#     config.rb PREFIX
#
# Under Ruby's own prefix these are the folders for distributions' packages, under /usr/local those
# for the machine's own. Under any other prefix they have the same names, and RUBYLIB must name them.
require "rbconfig"

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
puts CONFIG.values_at("rubyhdrdir", "rubyarchhdrdir").join(":"), CONFIG["RUBY_SO_NAME"], folders
