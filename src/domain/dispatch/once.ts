/** Answers the same question once: what comes out of the database for it does not change within a transaction that locks nothing. */
export function once<Question, Answer>(
  ask: (question: Question) => Promise<Answer>,
  nameOf: (question: Question) => string,
): (question: Question) => Promise<Answer> {
  const known = new Map<string, Promise<Answer>>();
  return (question) => {
    const name = nameOf(question);
    const answer = known.get(name) ?? ask(question);
    known.set(name, answer);
    return answer;
  };
}
