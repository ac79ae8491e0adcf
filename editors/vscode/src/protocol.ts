// The custom part of the protocol, version 1: editors/PROTOCOL.md.
import type { Location, Position, Range } from "vscode-languageclient/node";

export const PROTOCOL_VERSION = 1;

/** The shapes of answers that the quiz draws. */
export const SHAPES = ["one", "several", "order", "text", "words"] as const;

/** What the reader thinks of an answer in free words. */
export type Judgement = "again" | "hard" | "good";

/** What the reader chose, typed or thinks. */
export type Response = { keys: string[] } | { text: string } | { judgement: Judgement };

/** Result of `pygloss/quiz/compare`. */
export interface Comparison {
  points: { title: string; found: boolean }[];
  explanation: string;
}

export interface StartParams {
  mode?: "review" | "topic" | "cursor" | "mistakes" | "placement";
  topics?: string[];
  textDocument?: { uri: string };
  position?: Position;
  limit?: number;
  ui?: "rich" | "prompt";
}

export interface Session {
  id: string;
  index: number;
  total: number;
}

export interface Option {
  key: string;
  label: string;
  code?: boolean;
}

export interface Question {
  presentationId: string;
  shape: (typeof SHAPES)[number];
  topic: { id: string; title: string };
  prompt: string;
  plain: string;
  options: Option[];
  subject?: { uri: string; version: number; range: Range };
  hints: number;
}

export interface Verdict {
  session: Session;
  outcome: "right" | "wrong" | "gaveUp";
  headline: string;
  explanation: string;
  evidence?: Location[];
  next: "question" | "done";
}

/** What a placement test found out about a topic. */
export type Level = "known" | "partly" | "new";

/** Result of `pygloss/status`. */
export interface Status {
  due: number;
  nextDueAt?: number;
  session?: Session;
  waiting: boolean;
}

/** Result of `pygloss/quiz/undo`. */
export interface Undone {
  answer?: { at: number; card: string };
  message: string;
}

/** Result of `pygloss/progress`. */
export interface ProgressPage {
  title: string;
  content: { kind: "markdown" | "plaintext"; value: string };
}

export interface Summary {
  asked: number;
  right: number;
  byTopic: { id: string; title: string; right: number; of: number; level?: Level }[];
  due: number;
  nextDueAt?: number;
}

export interface Step {
  session: Session;
  question?: Question;
  done?: Summary;
}

export interface Hint {
  text: string;
  given: number;
  of: number;
}

export interface PageParams {
  topic?: string;
  textDocument?: { uri: string };
  position?: Position;
}

export interface Topic {
  id: string;
  name: string;
  title: string;
  kind: "concept" | "rule";
}

export interface Page {
  topic: Topic;
  content: { kind: "markdown" | "plaintext"; value: string };
  ways: string;
  within?: Topic;
  previous?: Topic;
  next?: Topic;
}

export interface WhichExercise {
  exercise?: string;
  textDocument?: { uri: string };
  giveUp?: boolean;
}

export interface Exercise {
  id: string;
  title: string;
  level: "worked" | "fill" | "write";
  topic: { id: string; name: string; title: string };
  state: "new" | "started" | "passed" | "gaveUp";
  hints: { given: number; of: number };
}

export interface OpenedExercise {
  exercise: Exercise;
  uri: string;
  created: boolean;
}

export interface Solution {
  exercise: Exercise;
  content: { kind: "markdown" | "plaintext"; value: string };
  code: string;
}

export interface ResetExercise {
  uri: string;
  kept?: string;
}

export type Confidence = "sure" | "unsure" | "guess";
