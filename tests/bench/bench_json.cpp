// SPDX-License-Identifier: MIT
// Requests of 1.5 KB that name their offering: JSON in, decision, JSON out, against simdjson doing
// nothing but parsing the same lines into its tree. They come in random order, see bench_decide.c.
#include <simdjson.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <offerpolicy/json.h>

#include "bench.h"
#include "fixture.h"
#include "requests.h"

extern "C" {
#include "random.h"
}

namespace
{

const std::size_t request_count = 600, line_size = 1536;

struct setting {
    ofp_policy *policy = nullptr;
    ofp_scratch *scratch = nullptr;
    ofp_buffer *buffer = nullptr;
    ofp_json *json = nullptr;
    sample_request *samples = nullptr;
    std::vector<simdjson::padded_string> lines;
    simdjson::dom::parser parser;
    random_source order = {1536};
};

setting &setting_of(void *context)
{
    return *static_cast<setting *>(context);
}

std::size_t draw(setting &s)
{
    return random_below(&s.order, request_count);
}

const ofp_request *read(setting &s, std::size_t line)
{
    const ofp_text text = {s.lines[line].data(), s.lines[line].size()};
    const ofp_request *request;
    ofp_error *error;
    const ofp_status status =
        ofp_json_read_request(s.json, s.policy, text, OFP_INSTANT_NONE, &request, &error);
    if (status)
        fixture_require(status, error, "ofp_json_read_request()");
    return request;
}

ofp_text write(setting &s, const ofp_decision *decision)
{
    ofp_error *error;
    ofp_buffer_clear(s.buffer);
    const ofp_status status = ofp_decision_write_json(decision, s.buffer, &error);
    if (status)
        fixture_require(status, error, "ofp_decision_write_json()");
    return ofp_buffer_text(s.buffer);
}

std::uint64_t pass_simdjson(void *context)
{
    setting &s = setting_of(context);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < request_count; i++) {
        const simdjson::dom::element document = s.parser.parse(s.lines[draw(s)]);
        sum += document.is_object();
    }
    return sum;
}

std::uint64_t pass_read(void *context)
{
    setting &s = setting_of(context);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < request_count; i++)
        sum += read(s, draw(s))->tag_count;
    return sum;
}

std::uint64_t pass_decide(void *context)
{
    setting &s = setting_of(context);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < request_count; i++)
        sum += ofp_decision_verdict(fixture_decide(s.policy, read(s, draw(s)), s.scratch));
    return sum;
}

std::uint64_t pass_all(void *context)
{
    setting &s = setting_of(context);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < request_count; i++)
        sum += write(s, fixture_decide(s.policy, read(s, draw(s)), s.scratch)).size;
    return sum;
}

// The decision on the document must be the one on the structs that it was made from.
void compare_answers(setting &s)
{
    for (std::size_t i = 0; i < request_count; i++) {
        ofp_scratch *other = fixture_scratch();
        const ofp_decision *wanted = fixture_decide(s.policy, &s.samples[i].request, other);
        const ofp_decision *got = fixture_decide(s.policy, read(s, i), s.scratch);
        const ofp_text text = write(s, got);
        const simdjson::padded_string copy(text.data, text.size);
        const std::string_view verdict = s.parser.parse(copy)["verdict"];
        bench_require(verdict == ofp_verdict_name(ofp_decision_verdict(wanted)) &&
                          ofp_decision_level(got) == ofp_decision_level(wanted) &&
                          ofp_decision_sla_rule(got) == ofp_decision_sla_rule(wanted) &&
                          ofp_decision_valid_until(got) == ofp_decision_valid_until(wanted),
                      "request %zu: the answers differ", i);
        ofp_scratch_free(other);
    }
}

void measure(const bench_options &options, setting &s)
{
    const auto figure = [&](const char *name, bench_pass *pass, double goal) {
        const bench_figure made = {name, {pass_simdjson, &s}, {pass, &s}, request_count, goal,
                                   false};
        return bench_measure(&options, &made);
    };
    const bench_result all = figure("JSON in, decision, JSON out", pass_all, 3.0);
    const bench_result reading = figure("  only reading", pass_read, 0);
    const bench_result deciding = figure("  reading and deciding", pass_decide, 0);
    bench_tell(&options, "  so that reading takes", reading.subject * 1e9, "ns", 0);
    bench_tell(&options, "  deciding", (deciding.subject - reading.subject) * 1e9, "ns", 0);
    bench_tell(&options, "  writing", (all.subject - deciding.subject) * 1e9, "ns", 0);
}

void make_lines(const bench_options &options, setting &s)
{
    fixture_text text = {};
    std::size_t total = 0;
    for (std::size_t i = 0; i < request_count; i++) {
        text.size = 0;
        request_write_json(s.policy, &s.samples[i], i, line_size, &text);
        s.lines.emplace_back(text.data, text.size);
        total += text.size;
    }
    std::free(text.data);
    bench_tell(&options, "bytes of a request", double(total) / request_count, "", 0);
}

setting make_setting(const bench_options &options)
{
    setting s;
    ofp_error *error;
    s.policy = fixture_load(options.arguments[0]);
    s.scratch = fixture_scratch();
    s.buffer = fixture_buffer();
    const ofp_status status = ofp_json_new(&s.json, &error);
    fixture_require(status, error, "ofp_json_new()");
    s.samples = requests_make(s.policy, request_count, OFFERING_EXPLICIT);
    return s;
}

void release(setting &s)
{
    std::free(s.samples);
    ofp_json_free(s.json);
    ofp_buffer_free(s.buffer);
    ofp_scratch_free(s.scratch);
    ofp_policy_unref(s.policy);
}

} // namespace

int main(int argc, char **argv)
{
    const bench_options options = bench_start(argc, argv, 1, "POLICY");
    setting s = make_setting(options);
    make_lines(options, s);
    compare_answers(s);
    measure(options, s);
    release(s);
}
