# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module OfferPolicy
  # Structs that are made once, by keywords, and never change. Members that are left out are nil.
  module Frozen
    def initialize(**members)
      super
      freeze
    end

    # With the members that there are.
    def inspect
      members = to_h.compact.map { |name, value| " #{name}=#{value.inspect}" }
      "#<#{self.class}#{members.join(",")}>"
    end
    alias to_s inspect
  end
  private_constant :Frozen

  # One thing that is wrong, and where. What is not known is nil.
  #
  # * +severity+: +:error+ or +:warning+
  # * +code+: which mistake, for example "OFP-108"; the manual lists them all
  # * +message+: what is wrong, in plain words, without the place
  # * +file+: its name as it was given
  # * +line+, +column+: counted from 1, columns in characters
  # * +pointer+: JSON pointer into the request
  # * +excerpt+, +caret+: the line of the file or a part of it, and the place in it, from 0
  Diagnostic = Struct.new(:severity, :code, :message, :file, :line, :column, :pointer, :excerpt,
                          :caret, keyword_init: true) do
    include Frozen

    # A line for people: file, line, column, severity, message and code.
    def to_s
      "#{place}#{severity}: #{message} [#{code}]"
    end

    # The same without the severity.
    def headline
      "#{place}#{message} [#{code}]"
    end

    private

    def place
      # A pointer to the whole request is empty.
      parts = [shown_file, line, column, pointer].map(&:to_s).reject(&:empty?)
      parts.empty? ? "" : "#{parts.join(":")}: "
    end

    # A name of a file may be any bytes: a line for people has them escaped.
    def shown_file
      return if file.nil?

      file.valid_encoding? && file.match?(/\A[[:print:]]*\z/) ? file : file.inspect[1...-1]
    end
  end

  # What the library raises: one class for each thing that a program can do about a failure. Each
  # is below a fitting class of Ruby's own, and has this module, so that
  # <tt>rescue OfferPolicy::Error</tt> catches them all.
  #
  # Running out of memory is Ruby's NoMemoryError; an argument of a wrong type is a TypeError, a
  # number out of range a RangeError.
  module Error
    # What can be done about it, in a word, for example "bad_request"; the class says the same.
    attr_reader :status

    # The first thing that is wrong: what to show where there is room for one.
    attr_reader :diagnostic

    # Everything that is wrong, in the order of the places.
    attr_reader :diagnostics

    def initialize(message = nil, status: nil, diagnostic: nil, diagnostics: [])
      super(message)
      @status = status
      @diagnostic = diagnostic
      @diagnostics = diagnostics.freeze
    end

    # What exactly is wrong, for example "OFP-308"; never changes its meaning.
    def code
      diagnostic&.code
    end

    # The file that is wrong, as it was named.
    def file
      diagnostic&.file
    end

    # Line in the file, from 1.
    def line
      diagnostic&.line
    end

    # Column in characters, from 1.
    def column
      diagnostic&.column
    end

    # JSON pointer to the place in the request that is wrong.
    def pointer
      diagnostic&.pointer
    end
  end

  # The policy has mistakes: show all its +diagnostics+ to who writes it.
  class PolicyError < ArgumentError
    include Error
  end

  # A request, question or step is wrong in itself; +pointer+ names the place in a request.
  class RequestError < ArgumentError
    include Error
  end

  # A time zone is unknown, or its file is damaged.
  class ZoneError < KeyError
    include Error
  end

  # A file can't be read or written: see the message.
  class FileError < IOError
    include Error
  end

  # Somebody else has been writing to the store for too long: try again.
  class StoreBusy < RuntimeError
    include Error
  end

  # The disk is full: make room and try again.
  class StoreFull < IOError
    include Error
  end

  # The store can't be written, or was opened for reading only.
  class StoreReadOnly < IOError
    include Error
  end

  # The store is damaged: stop writing, compare with a backup, restore it.
  class StoreCorrupt < IOError
    include Error
  end

  # The file is no store, or not one that this version can use.
  class BadStore < ArgumentError
    include Error
  end

  # There is no such migration, action or name.
  class NotFound < KeyError
    include Error
  end

  # Policy, state, role or a limit says no: show the message.
  class NotAllowed < RuntimeError
    include Error
  end

  # It was changed meanwhile: look again, then let a person decide anew.
  class Conflict < RuntimeError
    include Error
  end

  # The program uses an object in a way that is not allowed: mend the program.
  class Misuse < RuntimeError
    include Error
  end

  # Something else has failed: a newer library may have statuses that this version does not know.
  class Failure < StandardError
    include Error
  end

  # Makes what is raised.
  module Failures
    CLASSES = {
      "misuse" => Misuse,
      "io" => FileError,
      "bad_policy" => PolicyError,
      "bad_request" => RequestError,
      "bad_zone" => ZoneError,
      "busy" => StoreBusy,
      "full" => StoreFull,
      "read_only" => StoreReadOnly,
      "corrupt" => StoreCorrupt,
      "bad_store" => BadStore,
      "not_found" => NotFound,
      "not_allowed" => NotAllowed,
      "conflict" => Conflict
    }.freeze

    module_function

    # The exception for a failure in C, which calls this.
    def from_native(status, first, diagnostics)
      make(CLASSES.fetch(status, Failure), status, diagnostic(first),
           diagnostics.map { |one| diagnostic(one) })
    end

    # One thing that is wrong, as C hands it over.
    def diagnostic(native)
      severity, code, message, file, line, column, pointer, excerpt, caret = native
      Diagnostic.new(severity: severity.zero? ? :error : :warning, code:, message:, file:,
                     line: line.nonzero?, column: column.nonzero?, pointer:, excerpt:,
                     caret: excerpt && caret)
    end

    # The exception for a name that a policy does not have.
    def not_found(what, name, known)
      names = known.empty? ? "none" : known.join(", ")
      told(NotFound, "not_found", "OFP-308",
           "unknown #{what} #{name.inspect}; known here: #{names}")
    end

    # The exception for an object that is used wrongly.
    def misuse(message)
      told(Misuse, "misuse", "OFP-002", message)
    end

    def told(kind, status, code, message)
      only = Diagnostic.new(severity: :error, code:, message:)
      make(kind, status, only, [only])
    end

    def make(kind, status, first, diagnostics)
      more = diagnostics.count { |one| one.severity == :error } - 1
      message = more.positive? ? "#{first.headline} (and #{more} more)" : first.headline
      kind.new(message, status:, diagnostic: first, diagnostics:)
    end
  end
  private_constant :Failures
end
