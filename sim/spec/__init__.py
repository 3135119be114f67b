"""What an exercise is made of: scenario, county, plan, rules and rubric as frozen, checked types."""
