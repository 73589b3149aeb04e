# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Decides support tickets: do we support this, at which level, by when must we answer, and which
# tags and notes must change?
#
#     require "offerpolicy"
#
#     policy = OfferPolicy::Policy.load("policy.yaml")
#     decision = policy.decide(
#       ticket: {id: "4711", subject: "Import into the cloud fails", created_at: Time.now},
#       org: {id: "acme"},
#       entitlements: [{offering: "self_managed", level: "premium"}],
#       now: Time.now
#     )
#     puts decision.verdict, decision.level
#     decision.actions.each { |action| puts "#{action.do}: #{action.tag || action.text}" }
#
# Policy decides, Calendar knows business time, Store keeps what was promised to whom. What goes
# wrong is raised as an Error.
module OfferPolicy
end

require "date"
require "json"
require "time"

require_relative "offerpolicy/errors"
require "offerpolicy/native"

module OfferPolicy
  private_constant :Native

  # The version of the library that is running.
  VERSION = Native.version
end

require_relative "offerpolicy/arguments"
require_relative "offerpolicy/values"
require_relative "offerpolicy/calendar"
require_relative "offerpolicy/decision"
require_relative "offerpolicy/policy"
require_relative "offerpolicy/notes"
require_relative "offerpolicy/records"
require_relative "offerpolicy/store"
