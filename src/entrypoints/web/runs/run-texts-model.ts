import { languageName } from '#base/language';
import { cellFor } from '#domain/dispatch';
import { listCells, type Run } from '#domain/runs';
import { fittingTemplates } from '#domain/templates';
import type { Tx } from '#stores/database';
import { paths, type View } from '../kit/index.ts';
import type { WebTables } from '../needs.ts';
import type { RunTextModel } from '../screens/run-model.ts';
import { kindWord } from '../screens/template-words.ts';

/** The field's word for the text that comes with Envoi; empty is as proposed. */
export const builtIn = 'built_in';

/** Which texts the mails of a run have, by kind and language, with those that the company keeps for each. */
export async function runTextModels(tx: Tx<WebTables>, view: View, run: Run): Promise<RunTextModel[]> {
  const { t } = view;
  const models: RunTextModel[] = [];
  for (const { kind, language, lines } of await listCells(tx, { companyId: run.companyId, runId: run.id })) {
    const fitting = await fittingTemplates(tx, run.companyId, { kind, purpose: run.purpose });
    const own = fitting.filter((one) => one.language === language);
    const cell = cellFor(run.options.cells, { kind, language });
    models.push({
      name: `${kind}-${language}`,
      of: `${kindWord(view, kind)} · ${languageName(language, view.language)}`,
      lines,
      chosen: cell?.templateId === null ? builtIn : (cell?.templateId ?? ''),
      choices: [
        { value: '', text: t('runs.texts.proposed') },
        ...own.map((one) => ({ value: one.id, text: one.name })),
        { value: builtIn, text: t('runs.text.built_in') },
      ],
      isChanged: cell?.text !== undefined,
      href: paths.runText(run.id, kind, language),
    });
  }
  return models;
}
