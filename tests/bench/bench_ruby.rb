#!/usr/bin/env ruby
# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# The package for Ruby against what Ruby itself takes for a part of the work.
#
#     bench_ruby.rb [--smoke] CASES [MAKE_REQUESTS POLICY]
#
# CASES is tests/cases/contract, MAKE_REQUESTS writes larger requests. A line shows the least time
# of either side for one operation, and the median of the ratios of 15 rounds.

require "json"
require "open3"
require "offerpolicy"

ROUNDS = 15
NOW = Time.utc(2026, 11, 20, 18)

# Nanoseconds of CPU time.
def time_of(work, turns)
  start = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID, :nanosecond)
  turns.times { work.call }
  Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID, :nanosecond) - start
end

# Both by turns; each works on `count` things at a call. Garbage of one is not left to the other.
def compare(name, library, yardstick, count, goal = nil)
  turns = [1, 20_000 / count].max
  rounds = Array.new(ROUNDS) do
    [library, yardstick].map do |work|
      GC.start
      time_of(work, turns)
    end
  end
  ratio = rounds.map { |ours, theirs| ours.fdiv(theirs) }.sort[ROUNDS / 2]
  ours, theirs = rounds.transpose.map { |side| side.min.fdiv(turns * count) }
  met = goal && "   goal <= #{goal}  #{ratio <= goal ? "met" : "MISSED"}"
  times = format("yardstick %10.1f ns   library %10.1f ns   ratio %6.2f", theirs, ours, ratio)
  puts "#{name.ljust(44)} #{times}#{met}"
  $stdout.flush
end

def read_cases(folder)
  lines = File.readlines("#{folder}/cases.ndjson", encoding: "UTF-8")
  lines.map { |line| JSON.generate(JSON.parse(line)["request"]) }
end

def make_requests(program, policy)
  output, status = Open3.capture2(program, policy, "200")
  abort("#{program} failed") unless status.success?
  output.force_encoding("UTF-8").lines(chomp: true)
end

# What a host does with a request that it has as a Hash: decide, and read what it acts on.
def bench_decide(policy, texts, name, goal)
  requests = texts.map { |text| JSON.parse(text) }
  library = lambda do
    requests.each do |request|
      decision = policy.decide(request)
      decision.verdict
      decision.level
      decision.tag_actions
    end
  end
  yardstick = -> { texts.each { |text| JSON.parse(text) } }
  size = texts.sum(&:size) / texts.size
  compare("decide, #{name} (#{size} bytes of JSON)", library, yardstick, texts.size, goal)
end

# All parts of a decision, as far as there is something to read.
def bench_reading(policy, texts)
  requests = texts.map { |text| JSON.parse(text) }
  library = lambda do
    requests.each do |request|
      decision = policy.decide(request)
      decision.sla
      decision.actions
      decision.reasons
    end
  end
  yardstick = -> { requests.each { |request| policy.decide(request) } }
  compare("  and all other parts read, against none", library, yardstick, texts.size)
end

# The yardstick makes a Time in UTC of an instant's seconds, in the quickest way that Ruby has. From
# year, month and day, as Time.utc does, it takes longer.
def bench_due(policy)
  calendar = policy.calendar("business")
  seconds = NOW.to_i
  library = -> { calendar.due(NOW, 28_800) }
  compare("calendar.due()", library, -> { Time.at(seconds).utc }, 1, 2.0)
end

# Decisions are those of the cases.
def check(policy, texts)
  texts.each do |text|
    decision = policy.decide(JSON.parse(text))
    document = decision.to_h
    tags = document["actions"].filter_map { |action| action["tag"] }
    same = decision.verdict.name == document["verdict"] && decision.level == document["level"] &&
           decision.tag_actions.map(&:tag) == tags
    abort("parts and document differ: #{text}") unless same
  end
  due = policy.calendar("business").due(NOW, 28_800)
  abort("the calendar's answer is wrong") unless due == Time.utc(2026, 11, 23)
end

smoke = ARGV.first == "--smoke"
ARGV.shift if smoke
folder, *maker = ARGV
policy = OfferPolicy::Policy.load("#{folder}/policy.yaml")
cases = read_cases(folder)
large = maker.empty? ? [] : make_requests(*maker)
check(policy, cases + large)
exit if smoke
bench_decide(policy, cases, "the contract's cases", 1.0)
bench_reading(policy, cases)
bench_decide(policy, large, "larger requests", 1.0) unless large.empty?
bench_due(policy)
