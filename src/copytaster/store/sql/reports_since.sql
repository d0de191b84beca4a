SELECT count(*) FROM reports WHERE received >= :since
