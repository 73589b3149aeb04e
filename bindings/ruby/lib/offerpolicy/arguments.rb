# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module OfferPolicy
  # Checks of arguments that C does not see as they are.
  module Arguments
    module_function

    # A text that must be there.
    def text(name, value)
      case value
      when String, Symbol then value
      else raise wrong_type(name, "a String", value)
      end
    end

    # true or false, and nothing that is merely like them.
    def flag(name, value)
      case value
      when true, false then value
      else raise wrong_type(name, "true or false", value)
      end
    end

    # The value that stands for a word.
    def word(name, value, words)
      word = text(name, value)
      found = words.keys.find { |known| known == word || known.name == word }
      return words[found] if found

      known = words.keys.map(&:inspect).join(", ")
      raise ArgumentError, "#{name} must be one of #{known}, not #{word.inspect}"
    end

    # An object of one of the package's own classes.
    def object(name, value, kind)
      case value
      when kind then value
      else raise wrong_type(name, "a #{kind}", value)
      end
    end

    # Several of something.
    def listed(name, wanted, value)
      value.respond_to?(:each) ? value : raise(wrong_type(name, wanted, value))
    end

    # Whole milliseconds of a duration in seconds; not 0, which would mean the default.
    def milliseconds(name, value)
      case value
      when nil then nil
      when 0..86_400 then (value * 1000).round.clamp(1..)
      when Numeric then raise RangeError, "#{name} must be from 0 seconds to a day, not #{value}"
      else raise wrong_type(name, "a number of seconds", value)
      end
    end

    # The descriptor of an open file; nil for a path.
    def descriptor(name, file)
      number = file.respond_to?(:fileno) ? file.fileno : nil
      return number if number.is_a?(Integer)
      return if file.is_a?(String) || file.respond_to?(:to_path)

      raise wrong_type(name, "a path or an open file", file)
    end

    # Also of objects that have no methods to ask.
    def wrong_type(name, wanted, value)
      kind = Kernel.instance_method(:class).bind_call(value)
      TypeError.new("#{name} must be #{wanted}, not #{kind == NilClass ? "nil" : kind}")
    end
  end
  private_constant :Arguments
end
