# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module OfferPolicy
  class << self
    # An org's notes with the text of an +:add_note+ action, between two marker lines. If the
    # migration's note is there already, its text is replaced.
    def add_note(notes, migration, text)
      Native.notes_add(Arguments.text("notes", notes), Arguments.text("migration", migration),
                       Arguments.text("text", text))
    end

    # An org's notes without what OfferPolicy.add_note put in; what people wrote around it stays.
    def remove_note(notes, migration)
      Native.notes_remove(Arguments.text("notes", notes), Arguments.text("migration", migration))
    end
  end
end
