# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require "digest"
require "pathname"
require "securerandom"

# Tickets that are still to be decided, and why: each is a file of a folder, which several programs
# may use at once. What has been put in outlives the program, and the machine's being switched off.
class RetryList
  def initialize(folder)
    @folder = Pathname(folder)
    @folder.mkpath
  end

  # A ticket that waits already gives way to this state of it.
  def put(ticket, problem)
    path = path_of(ticket)
    new = path.sub_ext(".#{SecureRandom.hex(8)}")
    new.open("wbx") do |file|
      file.write(Marshal.dump({ticket: ticket, problem: problem, at: Time.now}))
      file.fsync
    end
    new.rename(path)
    @folder.open(&:fsync)
  end

  def delete(ticket)
    path_of(ticket).unlink
  rescue Errno::ENOENT
    # It did not wait.
  end

  # The tickets; those that were put in first come first.
  def tickets
    entries.map { |entry| entry[:ticket] }
  end

  # Why each waits, by its id.
  def problems
    entries.to_h { |entry| [entry[:ticket]["id"], entry[:problem]] }
  end

  private

  # Another program may have taken one out meanwhile.
  def entries
    found = @folder.glob("*.ticket").filter_map do |path|
      Marshal.load(path.binread)
    rescue Errno::ENOENT
      nil
    end
    found.sort_by { |entry| entry[:at] }
  end

  # A ticket without an id is kept, too.
  def path_of(ticket)
    @folder / "#{Digest::SHA256.hexdigest(Marshal.dump(ticket["id"] || ticket))}.ticket"
  end
end
