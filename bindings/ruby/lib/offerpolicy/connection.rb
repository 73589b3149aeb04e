# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module OfferPolicy
  # What a Store is made on: opening, closing, and one thread at a time.
  class Connection
    MODES = {
      read: Native::STORE_READ, write: Native::STORE_WRITE, create: Native::STORE_CREATE
    }.freeze
    private_constant :MODES

    # Opens a store. With a block it is closed afterwards, and the block's value is returned.
    #
    # +policy+ is what steps, sweeps and decisions go by. Mode +:create+ makes the file if there is
    # none, and then needs +at+, the time now; +:read+ never writes. +busy+ is how many seconds to
    # wait while others write, 5 unless told. +log+ keeps all decisions in the decision log,
    # +log_texts+ also with the texts of tickets and orgs.
    def self.open(path, policy = nil, mode: :write, at: nil, busy: nil, log: false,
                  log_texts: false)
      mode = Arguments.word("mode", mode, MODES)
      raise ArgumentError, "mode :create needs at, the time now" if at.nil? && mode == MODES[:create]

      store = new(path, policy, {mode:, at:, busy_ms: Arguments.milliseconds("busy", busy)},
                  Arguments.flag("log", log), Arguments.flag("log_texts", log_texts))
      return store unless block_given?

      begin
        yield store
      ensure
        store.close
      end
    end

    private_class_method :new

    # The file, as it was named.
    attr_reader :path

    # What steps, sweeps and decisions go by; may be set.
    attr_reader :policy

    # @private Use Store.open.
    def initialize(path, policy, options, log, log_texts)
      @path = File.path(path).dup.freeze
      self.policy = policy
      @log = log
      @log_texts = log_texts
      @lock = Thread::Mutex.new
      @native = Native.store_open(@path, options)
    end

    def policy=(policy)
      @policy = policy.nil? ? nil : Arguments.object("policy", policy, Policy)
    end

    # Closes the connection. What was read from it lives on. Closing again does nothing.
    def close
      in_turn do
        native, @native = @native, nil
        Native.drop(native) if native
      end
    end

    # Has it been closed?
    def closed?
      @native.nil?
    end

    def inspect
      "#<#{self.class} #{path.inspect}#{" (closed)" if closed?}>"
    end

    def initialize_copy(_other)
      raise TypeError, "a #{self.class} can't be copied: open another one"
    end

    def marshal_dump
      raise TypeError, "a #{self.class} can't be dumped: open another one"
    end

    private

    # Yields when it is this thread's turn. Meanwhile no code of the program runs but where an
    # argument converts itself; that can't use the store.
    def in_turn(&block)
      raise Failures.misuse("an argument can't ask the store that it is for") if @lock.owned?

      @lock.synchronize(&block)
    end

    # The same with what C knows of the store.
    def exclusively
      in_turn do
        raise Failures.misuse("the store is closed") if @native.nil?

        yield @native
      end
    end

    # The same for a function of C.
    def call(function, *arguments)
      exclusively { |native| Native.public_send(function, native, *arguments) }
    end

    def needed_policy
      policy or raise Failures.misuse("the store was opened without a policy: set its `policy`")
    end

    # What C knows of a policy.
    def native_policy(policy)
      policy.instance_variable_get(:@native)
    end

    # Yields each page of a list. The block gives the place of the page's last record.
    def each_page(look, filter)
      place = nil
      loop do
        more = false
        Records.of(call(look, place ? {**filter, after: place} : filter)) do |records|
          place = yield records
          more = Native.records_more(records)
        end
        return self unless more
      end
    end
  end
  private_constant :Connection
end
