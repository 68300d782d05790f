import { appendFileSync } from 'node:fs';
import path from 'node:path';
import type { StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import type { MutationTestingPlanReadyEvent, Reporter } from '@stryker-mutator/api/report';

type Result = Parameters<Required<Reporter>['onMutantTested']>[0];

/** Writes a line for each mutant as soon as its result is known, so that an ended run leaves what it measured. */
class LineReporter implements Reporter {
  static inject = tokens(commonTokens.options);
  private readonly file: string;

  constructor(options: StrykerOptions) {
    this.file = String(options.resultsFile);
  }

  onMutationTestingPlanReady({ mutantPlans }: MutationTestingPlanReadyEvent): void {
    for (const { mutant } of mutantPlans) this.write(mutant as Result, 'Planned');
  }

  onMutantTested(result: Result): void {
    this.write(result, result.status);
  }

  private write(mutant: Result, status: string): void {
    const { id, fileName, location, mutatorName, replacement, coveredBy = [] } = mutant;
    const line = {
      id,
      file: path.relative(process.cwd(), path.resolve(fileName)),
      mutatorName,
      replacement,
      status,
      location,
      tests: coveredBy.length,
    };
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }
}

// ts-unused-exports:disable-next-line
export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, 'lines', LineReporter)];

// ts-unused-exports:disable-next-line
export const strykerValidationSchema = { properties: { resultsFile: { type: 'string' } } };
