# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module OfferPolicy
  # A record that is read from a document, and gives it back.
  module Document
    # The record's document as a new Hash, with Strings as keys, and instants and dates as text.
    def to_document
      FORMS[self.class].each_with_object({}) do |(member, field), document|
        value = self[member]
        next if value.nil? && field.optional

        document[field.name || member.name] = value.nil? ? nil : field.write.call(value)
      end
    end

    # The same as one line of JSON, as all languages and the command write it.
    def to_json(*)
      JSON.generate(to_document)
    end

    # What Rails makes JSON from.
    def as_json(*)
      to_document
    end

    # How a member is read from a document and written there, what it is called there if it is
    # called otherwise, and whether it is left out where it does not apply.
    Field = Struct.new(:read, :write, :name, :optional, keyword_init: true) do
      include Frozen

      def called(name)
        Field.new(**to_h, name:)
      end

      def or_left_out
        Field.new(**to_h, optional: true)
      end
    end

    PLAIN = Field.new(read: :itself.to_proc, write: :itself.to_proc)
    WORD = Field.new(read: :to_sym.to_proc, write: :name.to_proc)
    KIND = Field.new(read: Parts.method(:kind), write: Parts.method(:host_name))
    DATE = Field.new(read: Parts.method(:date), write: :iso8601.to_proc)
    INSTANT = Field.new(read: Parts.method(:instant), write: :iso8601.to_proc)

    # The members of each record and their Fields, in the order of the document.
    FORMS = {}
    private_constant :Field, :FORMS

    class << self
      # Another record as a member; some of its own members may be left out.
      def record(kind, without: [])
        Field.new(read: ->(document) { read(kind, document) },
                  write: ->(one) { one.to_document.except(*without) })
      end

      # Several records as a member.
      def list(kind)
        Field.new(read: ->(documents) { documents.map { |one| read(kind, one) }.freeze },
                  write: ->(all) { all.map(&:to_document) })
      end

      # Makes the class of a record; a block adds methods to it.
      def define(**form, &block)
        record = Struct.new(*form.keys, keyword_init: true) do
          include Frozen
          include Document
        end
        record.class_eval(&block) if block
        FORMS[record] = form.freeze
        record
      end

      # Reads a record of a class.
      def parse(kind, text)
        read(kind, JSON.parse(text, freeze: true))
      end

      private

      def read(kind, document)
        members = FORMS[kind].to_h do |member, field|
          value = document[field.name || member.name]
          [member, value.nil? ? nil : field.read.call(value)]
        end
        kind.new(**members)
      end
    end
  end
  private_constant :Document
end
