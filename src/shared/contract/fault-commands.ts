import * as z from "zod";
import { Fault, NextFaults } from "#shared/domain/fault.ts";
import { command, Done, NoInput } from "./command.ts";

/** What goes wrong on purpose with deliveries that are forwarded as they come. */
export const faultCommands = {
  "faults.set": command({
    summary: "Put a fault into the next forwards, in the stead of any other, until the app is closed at the latest",
    input: z.object({
      fault: Fault,
      next: NextFaults,
    }),
    output: Done,
    effect: "write",
  }),
  "faults.clear": command({
    summary: "Forward as it should be again, and at once what the fault holds back",
    input: NoInput,
    output: Done,
    effect: "write",
  }),
} as const;
