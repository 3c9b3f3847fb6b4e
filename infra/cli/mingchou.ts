import { CommanderError } from 'commander';
import { codeOf, Failure, UsageError } from './failure.ts';
import { note } from './output.ts';
import { program } from './program.ts';

// `mingchou … | head` closes the pipe early: there is nobody left to tell.
process.stdout.on('error', (error) => {
  if (codeOf(error) === 'EPIPE') {
    process.exit(0);
  }
  throw error;
});

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** Tells what went wrong in one line: 2 for wrong use, 1 for an operation that failed. Anything else is a defect and is shown whole. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode;
  }
  if (error instanceof UsageError || error instanceof Failure || isRefusal(error)) {
    note(`mingchou: ${error.message.replaceAll(/\s*\n\s*/g, ' ')}`);
    return error instanceof UsageError ? 2 : 1;
  }
  throw error;
}

/** The domain's own no, told by its name so that a command that needs no domain doesn't load it. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === 'Refusal';
}
