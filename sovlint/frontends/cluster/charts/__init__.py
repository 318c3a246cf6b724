"""What values of Helm charts say of where data goes, whatever lays them on each other."""
