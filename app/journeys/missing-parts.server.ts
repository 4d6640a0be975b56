import type { ShopId, Tx } from "#app/db/tx";
import { isBuiltIn, type TemplateKey } from "#app/messages/default-templates";
import { liveTemplate, templateState, unwrittenIn } from "#app/messages/messages.server";
import { unwrittenProblem } from "#app/messages/unwritten-problem";
import { settingsOf } from "#app/shops/shops.server";
import { surveyById } from "#app/surveys/surveys.server";
import { allSteps, STEP_LABELS, type JourneyDefinition } from "./definition";
import type { DefinitionProblem } from "./definition-problems";

/** What is wrong with a definition in this shop, beside its steps: what it names is not there, or not ready to go out. */

/** Templates and surveys that a definition names and that this shop does not have. */
export async function missingParts(
  tx: Tx,
  shopId: ShopId,
  definition: JourneyDefinition,
): Promise<DefinitionProblem[]> {
  const problems: DefinitionProblem[] = [];
  for (const { step, place } of allSteps(definition.steps)) {
    const at = `Step ${place} (${STEP_LABELS[step.type]}): `;
    if (step.type === "send" && !(await templateState(tx, shopId, step.template as TemplateKey)))
      problems.push({ stepId: step.id, path: "template", message: `${at}choose a template.` });
    if (step.type === "survey" && !(await surveyById(tx, shopId, step.surveyId)))
      problems.push({ stepId: step.id, path: "surveyId", message: `${at}choose a survey.` });
  }
  return problems;
}

/**
 * Steps that would send an e-mail of the shop's own that still says what every new one begins with. Other channels have the
 * short text only, without which they send nothing.
 */
export async function unwrittenMails(
  tx: Tx,
  shopId: ShopId,
  definition: JourneyDefinition,
): Promise<DefinitionProblem[]> {
  const { locales } = await settingsOf(tx, shopId);
  const problems: DefinitionProblem[] = [];
  for (const { step, place } of allSteps(definition.steps)) {
    if (step.type !== "send" || !step.channels.includes("email")) continue;
    const key = step.template as TemplateKey;
    if (isBuiltIn(key) || !(await templateState(tx, shopId, key))) continue;
    const { content } = await liveTemplate(tx, shopId, key);
    const unwritten = unwrittenIn(content, locales);
    if (unwritten.length === 0) continue;
    const problem = unwrittenProblem({ locales: unwritten, isAll: unwritten.length === locales.length });
    const at = `Step ${place} (${STEP_LABELS[step.type]}): `;
    const message = at + problem.charAt(0).toLowerCase() + problem.slice(1);
    problems.push({ stepId: step.id, path: "template", message });
  }
  return problems;
}
