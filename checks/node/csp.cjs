// Google's csp_evaluator over policies: [policy, …] on stdin, [[finding, …], …] on stdout.
const { CspEvaluator } = require("csp_evaluator/dist/evaluator.js");
const { CspParser } = require("csp_evaluator/dist/parser.js");

const policies = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const told = policies.map((policy) =>
  new CspEvaluator(new CspParser(policy).csp).evaluate().map((one) => ({
    directive: one.directive,
    value: one.value ?? "",
    severity: one.severity,
    text: one.description,
  })),
);
process.stdout.write(JSON.stringify(told));
