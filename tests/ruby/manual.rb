# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "ripper"
require "stringio"

# Runs the Ruby blocks of a page, one after another in one session, and compares what they say.
# A comment `# => VALUE` at the end of a statement or below it has the statement's value, comments
# `# >> LINE` below it what it prints. `...` stands for any text.
class Manual
  BLOCK = /^```ruby\n(.*?)^```/m
  COMMENT = /(?:^|\s)# (=>|>>) (.*)\n/

  Statement = Struct.new(:code, :value, :output, keyword_init: true)

  def initialize(text)
    @blocks = text.scan(BLOCK).flatten
  end

  def statements
    @blocks.flat_map { |block| statements_of(block) }
  end

  # Yields for each statement that has something to compare: its code, what is expected, and what
  # has come.
  def run(session = TOPLEVEL_BINDING.dup)
    statements.each do |statement|
      value, output = evaluate(statement.code, session)
      yield statement.code, statement.value, value.inspect if statement.value
      yield statement.code, statement.output, output unless output.empty? && statement.output.empty?
    end
  end

  # The pattern of an expectation.
  def self.pattern(expected)
    /\A#{expected.split("...", -1).map { |part| Regexp.escape(part) }.join(".*")}\z/m
  end

  private

  # A statement ends where the text up to there is whole.
  def statements_of(block)
    found = []
    code = +""
    block.each_line do |line|
      kind, text = line.match(COMMENT)&.captures
      code << line.sub(COMMENT, "\n")
      if code.strip.empty?
        code = +""
      elsif !Ripper.sexp(code).nil?
        found << Statement.new(code: code, output: +"")
        code = +""
      end
      next unless kind
      raise "within a statement: #{line}" unless code.empty? && found.any?

      note(found.last, kind, text)
    end
    raise "not Ruby: #{code}" unless code.empty?

    found
  end

  def note(statement, kind, text)
    kind == "=>" ? statement.value = text : statement.output << text << "\n"
  end

  def evaluate(code, session)
    before = $stdout
    $stdout = StringIO.new
    value = session.eval(code)
    [value, $stdout.string]
  ensure
    $stdout = before
  end
end
