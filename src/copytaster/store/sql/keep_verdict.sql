INSERT INTO verdicts (story, at, state, reasons, cause)
VALUES (:story, :at, :state, :reasons, :cause);
