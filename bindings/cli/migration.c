/* SPDX-License-Identifier: MIT */
/* What the commands of a migration's life say about themselves; step.c does them. */
#include "arguments.h"
#include "step.h"

#define ID_NEEDED "the id of a migration, such as M-17"

const struct command migration_command = {
    .name = "migration",
    .number = COMMAND_MIGRATION,
    .summary = "request, approve and follow moves to other offerings",
    .text = "A migration is an org's move to another offering, which support carries until its\n"
            "target date. Each step is kept in a store (-s), with who took it and why, and says\n"
            "what the host must do then.\n",
    .examples = "  offerpolicy migration list --state open\n"
                "  offerpolicy migration approve M-17 --actor ada --role support_manager\n",
};

const struct command request_command = {
    .name = "migration request",
    .number = COMMAND_REQUEST,
    .operands = "",
    .summary = "ask for a new one",
    .text =
        "Asks for a migration, which an approver then approves or refuses. The facts must show\n"
        "that the org pays for the offering that it moves from. Makes the store if there is\n"
        "none.\n",
    .examples = "  offerpolicy migration request --org acme --from self_managed --to saas \\\n"
                "    --level premium --target-date +60d --owner ada@example.com --actor ben \\\n"
                "    --reason 'moves before the contract ends' --facts acme.json\n",
    .run = step_run,
};

const struct command approve_command = {
    .name = "migration approve",
    .number = COMMAND_APPROVE,
    .operands = "ID",
    .least = 1,
    .most = 1,
    .needs = ID_NEEDED,
    .summary = "say yes to one that is open",
    .text = "Approves a migration that is requested: support carries it from now on until its\n"
            "target date. Only an approver may, and not who requested it, unless the policy\n"
            "allows that.\n",
    .examples = "  offerpolicy migration approve M-17 --actor ada --role support_manager\n",
    .run = step_run,
};

const struct command refuse_command = {
    .name = "migration refuse",
    .number = COMMAND_REFUSE,
    .operands = "ID",
    .least = 1,
    .most = 1,
    .needs = ID_NEEDED,
    .summary = "say no to one that is open",
    .text = "Refuses a migration that is requested. Only an approver may.\n",
    .examples = "  offerpolicy migration refuse M-17 --actor ada --role support_manager \\\n"
                "    --reason 'no quote yet'\n",
    .run = step_run,
};

const struct command extend_command = {
    .name = "migration extend",
    .number = COMMAND_EXTEND,
    .operands = "ID",
    .least = 1,
    .most = 1,
    .needs = ID_NEEDED,
    .summary = "give a live one a later target date",
    .text = "Gives a migration that is approved and has not ended a later target date. Only an\n"
            "approver may, and only as often and as far as the policy allows.\n",
    .examples = "  offerpolicy migration extend M-17 --target-date 2027-02-28 \\\n"
                "    --actor ada --role support_manager --reason 'import takes longer'\n",
    .run = step_run,
};

const struct command end_command = {
    .name = "migration end",
    .number = COMMAND_END,
    .operands = "ID",
    .least = 1,
    .most = 1,
    .needs = ID_NEEDED,
    .summary = "end a live one now",
    .text = "Ends a migration that is approved, before its target date. Only an approver may.\n",
    .examples = "  offerpolicy migration end M-17 --actor ada --role support_manager \\\n"
                "    --reason 'they stay where they are'\n",
    .run = step_run,
};

const struct command complete_command = {
    .name = "migration complete",
    .number = COMMAND_COMPLETE,
    .operands = "ID",
    .least = 1,
    .most = 1,
    .needs = ID_NEEDED,
    .summary = "note that the new offering was bought",
    .text =
        "Completes a migration that is approved and has not ended: the org has bought the new\n"
        "offering. With --facts the old offering's tag goes when its entitlement ends; without,\n"
        "the host must look whether the org still pays for it.\n",
    .examples = "  offerpolicy migration complete M-17 --outcome reached --actor ben \\\n"
                "    --facts acme.json\n",
    .run = step_run,
};

const struct command cancel_command = {
    .name = "migration cancel",
    .number = COMMAND_CANCEL,
    .operands = "ID",
    .least = 1,
    .most = 1,
    .needs = ID_NEEDED,
    .summary = "withdraw one that is open",
    .text = "Withdraws a migration that is requested and not decided. An approver may, or whoever\n"
            "requested it.\n",
    .examples = "  offerpolicy migration cancel M-17 --actor ben\n",
    .run = step_run,
};
