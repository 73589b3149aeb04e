#!/usr/bin/env ruby
# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Plays a help desk that calls the hook for each of its tickets, and prints what is to change.
#
#     help_desk.rb [--at TIME] [--store FILE] [--waiting FOLDER] POLICY TICKETS CONTRACTS

require "json"
require "optparse"

require_relative "retry_list"
require_relative "triage_hook"

def show(ticket, changes)
  puts "#{ticket["id"]}:"
  changes.remove_tags.each { |tag| puts "  - #{tag}" }
  changes.add_tags.each { |tag| puts "  + #{tag}" }
  puts "  priority: #{changes.priority}" if changes.priority
  changes.posts.each { |post| puts "  #{post.do}: #{post.text.strip.gsub("\n", "\n    ")}" }
  puts "  look again at #{changes.valid_until.iso8601}" if changes.valid_until
end

options = {at: Time.now, waiting: "waiting"}
parser = OptionParser.new("help_desk.rb [OPTIONS] POLICY TICKETS CONTRACTS")
parser.on("--at TIME", "instead of now") { |text| options[:at] = Time.iso8601(text) }
parser.on("--store FILE", "where approved migrations are") { |path| options[:store] = path }
parser.on("--waiting FOLDER", "where tickets wait") { |path| options[:waiting] = path }
parser.parse!
abort(parser.to_s) unless ARGV.size == 3

policy, tickets, contracts = ARGV
contracts = JSON.parse(File.read(contracts))
list = RetryList.new(options[:waiting])
log = Logger.new($stderr, formatter: ->(severity, _, _, message) { "#{severity}: #{message}\n" })
hook = TriageHook.new(policy, ->(org) { contracts.fetch(org) }, list,
                      store_file: options[:store], clock: -> { options[:at] }, log: log)
hook.retry_all { |ticket, changes| show(ticket, changes) }
JSON.parse(File.read(tickets)).each do |ticket|
  changes = hook.call(ticket)
  show(ticket, changes) if changes
end
hook.close
puts "waiting: #{list.problems.keys.join(", ")}" unless list.problems.empty?
