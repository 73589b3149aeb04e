#!/usr/bin/perl
# SPDX-License-Identifier: MIT
# Business::Hours as a peer, in the zone of the environment (TZ). Usage: due.pl QUESTIONS
use strict;
use warnings;
use Business::Hours;
use JSON::PP;
use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC CLOCK_PROCESS_CPUTIME_ID);

sub day {
    my ($start, $end, @breaks) = @_;
    return {Name => 'day', Start => $start, End => $end, Breaks => \@breaks};
}

my $workday = day('8:00', '18:00', {Start => '12:30', End => '13:00'});
my $closed = {Name => 'closed', Start => undef, End => undef};

my $office = Business::Hours->new;
$office->business_hours(0 => $closed, (map { $_ => $workday } 1 .. 5), 6 => $closed);
$office->holidays(
    qw(2026-01-01 2026-04-03 2026-04-06 2026-04-27 2026-05-14 2026-05-25 2026-12-25 2027-01-01));

my $watch = Business::Hours->new;
$watch->business_hours(
    0 => day('0:00', '10:00'), (map { $_ => $closed } 1 .. 5), 6 => day('6:00', '22:00'));
$watch->holidays(qw(2026-04-05 2026-12-26));

my %calendars = (office => $office, watch => $watch);

open my $file, '<', $ARGV[0] or die "$ARGV[0]: $!\n";
my @questions = map { decode_json($_) } <$file>;

# add_seconds() gives the second that follows so many open ones; what is due at closing time is the
# closing time, so ask for the last open second, and add one.
sub answer {
    my ($question) = @_;
    my $calendar = $calendars{$question->{calendar}};
    my $last = $calendar->add_seconds($question->{start}, $question->{seconds} - 1);
    return defined $last && $last >= 0 ? $last + 1 : undef;
}

my %commands = (
    round => sub {
        my ($passes) = @_;
        my $start = clock_gettime(CLOCK_PROCESS_CPUTIME_ID);
        for (1 .. $passes) { answer($_) for @questions }
        return sprintf '%.9f', clock_gettime(CLOCK_PROCESS_CPUTIME_ID) - $start;
    },
    latency => sub {
        my @taken;
        for my $question (@questions) {
            my $start = clock_gettime(CLOCK_MONOTONIC);
            answer($question);
            push @taken, int(1e9 * (clock_gettime(CLOCK_MONOTONIC) - $start));
        }
        return "@taken";
    },
    answers => sub {
        my ($path) = @_;
        open my $out, '>', $path or die "$path: $!\n";
        print {$out} answer($_) // 'null', "\n" for @questions;
        close $out;
        return 'done';
    },
);

$| = 1;
my $version = $Business::Hours::VERSION;
print qq({"name": "Business::Hours", "version": "$version", "modes": ["native"]}\n);
while (my $line = <STDIN>) {
    my ($verb, $mode, $rest) = split ' ', $line;
    print $commands{$verb}->($rest), "\n";
}
