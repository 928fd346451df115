import type { ParseArgsConfig } from 'node:util';
import type { World } from './world.ts';

export type Options = NonNullable<ParseArgsConfig['options']>;

/** What was typed, by the names of the options; one that may be given several times is a list. */
export type Given = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** 0: good, 1: refused, 2: misuse. */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  /** The words that call it: `api-key create`. */
  readonly name: string;
  /** What follows the words, as in `--help`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: Options;
  /** How many words follow, at least and at most. */
  readonly words: readonly [least: number, most: number];
  readonly run: (typed: Typed, world: World) => Promise<number>;
}

export interface Typed {
  readonly words: readonly string[];
  readonly given: Given;
  /** `--json`: results as JSON. */
  readonly isJson: boolean;
}

/** The text of an option, or undefined. */
export function textOf(given: Given, name: string): string | undefined {
  const value = given[name];
  return typeof value === 'string' ? value : undefined;
}

/** The texts of an option that may be given several times; undefined when it was not given. */
export function textsOf(given: Given, name: string): string[] | undefined {
  const value = given[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined;
}

/** Prints a result: as JSON, or as lines for people. */
export function printResult(world: World, isJson: boolean, result: unknown, lines: readonly string[]): void {
  world.print(isJson ? JSON.stringify(result, null, 2) : lines.join('\n'));
}

/** A number with its noun: "1 file", "2 files", "0 people". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Says why nothing was done. */
export function refused(world: World, sentence: string): ExitCode {
  world.say(sentence);
  return 1;
}

/** Says what is wrong with what was typed. */
export function misused(world: World, sentence: string): ExitCode {
  world.say(sentence);
  return 2;
}
