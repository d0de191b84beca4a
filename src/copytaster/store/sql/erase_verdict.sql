UPDATE verdicts SET reasons = :reasons WHERE number = :number;
