print("Nothing to prepare.")
